package io.dhcpfailover.operator.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A pair whose pods are replaced, and whose nodes are emptied: one after the other, each after its clients were handed over. */
@ExtendWith(ClusterCondition.class)
final class ReplacementOnRealApiServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Site site = new Site();

    ReplacementOnRealApiServerTest() throws IOException {}

    @BeforeEach
    void bringThePairUp() {
        site.startOperator("none.invalid/dhcp-node:1");
        site.applyPair(", mode: HotStandby");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(site.state()).isEqualTo("Normal/Normal");
            assertThat(site.isReady("dhcp1") && site.isReady("dhcp2")).isTrue();
        });
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** Of a server's pod; none between two of them. */
    private String image(String server) {
        Pod pod = site.pod(server);
        return pod == null ? "none" : pod.getSpec().getContainers().getFirst().getImage();
    }

    @Test
    void aNewImageReachesTheStandbyFirstAndEachAfterItsClientsWereHandedOver() {
        site.stopOperator();
        site.startOperator("none.invalid/dhcp-node:2");

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(site.dhcp2.isInMaintenance()).isTrue();
            assertThat(site.dhcp1.isInMaintenance()).isFalse();
        });
        assertThat(image("dhcp1")).endsWith(":1");
        await().atMost(PATIENCE).until(site.dhcp1::isInMaintenance);
        assertThat(site.dhcp2.isInMaintenance()).isFalse();
        assertThat(image("dhcp2")).endsWith(":2");

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(image("dhcp1")).endsWith(":2");
            assertThat(site.dhcp1.isInMaintenance()).isFalse();
            assertThat(site.note("dhcp1", "in-hand-since")).isNull();
            assertThat(site.note("dhcp2", "in-hand-since")).isNull();
            assertThat(site.events())
                    .contains(
                            "Rollout: dhcp2 hands its clients over, because its pod is to be replaced",
                            "Rollout: dhcp2 is back, and its relationships are in NORMAL");
        });
    }

    @Test
    void aNodeIsEmptiedOnceItsClientsAreHandedOverAndTakesThemBackAfterwards() {
        String first = site.uid("dhcp2");
        await().atMost(PATIENCE).until(() -> !mayGo());
        assertThat(evict()).isFalse();

        cordon(true);

        await().atMost(PATIENCE).until(this::evict);
        assertThat(site.dhcp2.isInMaintenance()).isTrue();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(site.uid("dhcp2")).isNotEqualTo(first);
            assertThat(site.pod("dhcp2"))
                    .isNotNull()
                    .extracting(pod -> pod.getSpec().getNodeName())
                    .isNull();
        });
        assertThat(site.dhcp2.isInMaintenance()).isTrue();

        cordon(false);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(site.isReady("dhcp2")).isTrue();
            assertThat(site.dhcp2.isInMaintenance()).isFalse();
            assertThat(site.note("dhcp2", "in-hand-since")).isNull();
            assertThat(mayGo()).isFalse();
        });
    }

    private void cordon(boolean cordoned) {
        var _ = site.client.nodes().withName(site.node2.name()).edit(node -> {
            node.getSpec().setUnschedulable(cordoned ? true : null);
            return node;
        });
    }

    private boolean mayGo() {
        var budget = site.client
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(site.namespace)
                .withName("dhcp2-dhcp")
                .get();
        return budget == null
                || budget.getStatus() == null
                || !Objects.equals(
                        budget.getStatus().getObservedGeneration(),
                        budget.getMetadata().getGeneration())
                || budget.getStatus().getDisruptionsAllowed() > 0;
    }

    private boolean evict() {
        try {
            return site.client
                    .pods()
                    .inNamespace(site.namespace)
                    .withName("dhcp2-0")
                    .evict();
        } catch (KubernetesClientException e) {
            assertThat(e.getCode()).isEqualTo(429);
            return false;
        }
    }
}
