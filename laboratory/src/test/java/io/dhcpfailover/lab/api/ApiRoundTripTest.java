package io.dhcpfailover.lab.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.testing.RandomSpecs;
import io.dhcpfailover.api.testing.RandomStatuses;
import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverAction;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpResource;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.lab.cluster.Cluster;
import io.dhcpfailover.lab.cluster.ClusterExtension;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Java type to YAML to API server to Java type: equal, for random objects of every kind. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiRoundTripTest {

    private static final int SEEDS = 100;

    private final Cluster cluster;
    private final String namespace;
    private final KubernetesSerialization yaml = new KubernetesSerialization();

    ApiRoundTripTest(Cluster cluster) {
        this.cluster = cluster;
        this.namespace = cluster.createNamespace("round-trip");
    }

    @AfterAll
    void deleteNamespace() {
        cluster.delete(namespace);
    }

    @Test
    void aServer() {
        Seeds.forEach(
                SEEDS,
                random -> roundTrip(
                        new DhcpServer(),
                        new RandomSpecs(random).serverSpec(),
                        new RandomStatuses(random).serverStatus()));
    }

    @Test
    void aScope() {
        Seeds.forEach(
                SEEDS,
                random -> roundTrip(
                        new DhcpScope(),
                        new RandomSpecs(random).scopeSpec(),
                        new RandomStatuses(random).scopeStatus()));
    }

    @Test
    void aRelationship() {
        Seeds.forEach(
                SEEDS,
                random -> roundTrip(
                        new DhcpFailoverRelationship(),
                        new RandomSpecs(random).relationshipSpec(),
                        new RandomStatuses(random).relationshipStatus()));
    }

    @Test
    void anAction() {
        Seeds.forEach(
                SEEDS,
                random -> roundTrip(
                        new DhcpFailoverAction(),
                        new RandomSpecs(random).actionSpec(),
                        new RandomStatuses(random).actionStatus()));
    }

    private <S, T, R extends DhcpResource<S, T>> void roundTrip(R object, S spec, T status) {
        object.getMetadata().setGenerateName("random-");
        object.getMetadata().setNamespace(namespace);
        object.setSpec(spec);

        @SuppressWarnings("unchecked")
        R written = (R) yaml.unmarshal(yaml.asYaml(object), object.getClass());
        R created = cluster.client().resource(written).create();
        assertThat(created.getSpec()).isEqualTo(spec);

        created.setStatus(status);
        R read = cluster.client().resource(created).updateStatus();
        assertThat(read.getStatus()).isEqualTo(status);
        assertThat(read.getSpec()).isEqualTo(spec);

        assertThat(cluster.client().resource(read).update().getSpec()).isEqualTo(spec);
    }
}
