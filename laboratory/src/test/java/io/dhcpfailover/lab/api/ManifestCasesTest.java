package io.dhcpfailover.lab.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dhcpfailover.api.testing.ManifestCase;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverAction;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpResource;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.lab.cluster.Cluster;
import io.dhcpfailover.lab.cluster.ClusterExtension;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The API server accepts and refuses each manifest of the table as it must, in the words that a person can act on. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestCasesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Class<? extends DhcpResource<?, ?>>> TYPES = Map.of(
            "DhcpServer", DhcpServer.class,
            "DhcpScope", DhcpScope.class,
            "DhcpFailoverRelationship", DhcpFailoverRelationship.class,
            "DhcpFailoverAction", DhcpFailoverAction.class);

    private final Cluster cluster;
    private final String namespace;

    ManifestCasesTest(Cluster cluster) {
        this.cluster = cluster;
        this.namespace = cluster.createNamespace("manifest-cases");
    }

    @BeforeAll
    void thePolicyIsInForce() {
        // The API server takes a moment to enforce a new admission policy.
        ManifestCase refused = ManifestCase.all().stream()
                .filter(c -> c.name().equals("an MCLT for a laboratory without its annotation"))
                .findAny()
                .orElseThrow();
        await().ignoreExceptions().until(() -> {
            try {
                cluster.client().resource(create(refused.manifest(), "policy")).delete();
                return false;
            } catch (KubernetesClientException e) {
                return e.getMessage() != null && e.getMessage().contains("laboratories only");
            }
        });
    }

    @AfterAll
    void deleteNamespace() {
        cluster.delete(namespace);
    }

    @Test
    void theTableHasACaseForEveryRule() {
        List<String> refusals = ManifestCase.all().stream()
                .map(ManifestCase::refused)
                .filter(Objects::nonNull)
                .toList();
        List<String> rules = cluster.kinds().stream()
                .flatMap(kind -> ofSpec(JSON.valueToTree(kind)).findValues("x-kubernetes-validations").stream())
                .flatMap(list -> list.findValuesAsText("message").stream())
                .distinct()
                .toList();

        assertThat(ManifestCase.all()).hasSizeGreaterThan(60);
        assertThat(rules).hasSizeGreaterThan(40);
        assertThat(rules)
                .as("rules that no case breaks")
                .filteredOn(rule -> refusals.stream().noneMatch(rule::contains))
                .isEmpty();
    }

    /** The schema without what the operator writes. */
    private static JsonNode ofSpec(JsonNode kind) {
        JsonNode schema = kind.at("/spec/versions/0/schema/openAPIV3Schema").deepCopy();
        ((ObjectNode) schema.required("properties")).remove("status");
        return schema;
    }

    @TestFactory
    Stream<DynamicTest> everyManifestIsAcceptedOrRefused() {
        int[] number = {0};
        return ManifestCase.all().stream().map(c -> {
            String name = "case-" + number[0]++;
            return DynamicTest.dynamicTest(c.toString(), () -> check(c, name));
        });
    }

    private void check(ManifestCase manifestCase, String name) {
        String refused = manifestCase.refused();
        JsonNode update = manifestCase.update();
        if (refused == null) {
            create(manifestCase.manifest(), name);
            if (update != null) {
                update(update, name);
            }
            assertJavaReadsAndWrites(resource(manifestCase.manifest(), name));
        } else if (update == null) {
            assertRefused(refused, () -> create(manifestCase.manifest(), name));
        } else {
            create(manifestCase.manifest(), name);
            assertRefused(refused, () -> update(update, name));
        }
    }

    /** What the API server accepts, the Java types read, and write so that it accepts it again and nothing changes. */
    private void assertJavaReadsAndWrites(GenericKubernetesResource created) {
        DhcpResource<?, ?> read = cluster.client()
                .resources(TYPES.get(created.getKind()))
                .inNamespace(namespace)
                .withName(created.getMetadata().getName())
                .get();
        DhcpResource<?, ?> written = cluster.client().resource(read).update();

        assertThat(read.getSpec()).isNotNull();
        assertThat(written.getSpec()).isEqualTo(read.getSpec());
    }

    private static void assertRefused(String message, ThrowingCallable request) {
        KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class, request);
        assertThat(refusal).as("it must be refused: %s", message).isNotNull();
        assertThat(refusal.getCode()).isEqualTo(422);
        assertThat(refusal.getMessage()).contains(message);
    }

    private GenericKubernetesResource create(JsonNode manifest, String name) {
        return cluster.client().resource(resource(manifest, name)).create();
    }

    private void update(JsonNode manifest, String name) {
        GenericKubernetesResource changed = resource(manifest, name);
        changed.getMetadata()
                .setResourceVersion(
                        cluster.client().resource(changed).get().getMetadata().getResourceVersion());
        cluster.client().resource(changed).update();
    }

    private GenericKubernetesResource resource(JsonNode manifest, String name) {
        ObjectNode named = manifest.deepCopy();
        ObjectNode metadata = named.withObjectProperty("metadata");
        metadata.put("name", name + "-" + metadata.required("name").asText()).put("namespace", namespace);
        return JSON.convertValue(named, GenericKubernetesResource.class);
    }
}
