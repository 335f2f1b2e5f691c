package io.dhcpfailover.operator.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.node.ConfigurationDocument;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverAction;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionStatus.Phase;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.operator.node.NodeEndpoints;
import io.dhcpfailover.operator.node.NodeStandIn;
import io.dhcpfailover.operator.node.Reports;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a user applies, what servers are told, and what the statuses say, on a real API server. */
@ExtendWith(ClusterCondition.class)
final class OperatorOnRealApiServerTest {

    private static final Path MANIFESTS = Path.of("../crds/manifests");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final NodeStandIn dhcp1 = new NodeStandIn("dhcp1");
    private final NodeStandIn dhcp2 = new NodeStandIn("dhcp2");
    private final String namespace = client.resource(new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("dhcpfailover-tests-operator-")
                    .addToLabels("pod-security.kubernetes.io/enforce", "privileged")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
    private OperatorApplication operator;

    OperatorOnRealApiServerTest() throws IOException {
        try (Stream<Path> manifests = Files.list(MANIFESTS)) {
            for (Path manifest : manifests.sorted().toList()) {
                try (InputStream content = Files.newInputStream(manifest)) {
                    client.load(content).forceConflicts().serverSideApply();
                }
            }
        }
        operator = start();
    }

    private OperatorApplication start() {
        NodeEndpoints endpoints = (server, address) -> (server.name().equals("dhcp1") ? dhcp1 : dhcp2).uri();
        return OperatorApplication.start(
                Map.of(
                        "dhcp-failover.watched-namespaces", namespace,
                        "dhcp-failover.namespace", namespace,
                        "dhcp-failover.leader-election", "false",
                        "dhcp-failover.node-image", "none.invalid/dhcp-node:none",
                        "dhcp-failover.node-image-pull-policy", "Never"),
                client,
                endpoints);
    }

    @BeforeEach
    void applyAPair() {
        List<String> nodes = client.nodes().list().getItems().stream()
                .map(node -> node.getMetadata().getName())
                .sorted()
                .toList();
        apply("""
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpScope
                metadata: {name: office}
                spec:
                  failoverRelationship: dhcp2-dhcp1
                  subnet: 198.51.100.0/24
                  ranges: [{start: 198.51.100.10, end: 198.51.100.199}]
                  leaseDuration: 2m
                ---
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpFailoverRelationship
                metadata: {name: dhcp2-dhcp1}
                spec: {primaryServer: dhcp1, secondaryServer: dhcp2}
                ---
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpServer
                metadata: {name: dhcp1}
                spec: {nodeName: %s}
                ---
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpServer
                metadata: {name: dhcp2}
                spec: {nodeName: %s}
                """.formatted(nodes.getFirst(), nodes.getLast()));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(state()).isEqualTo("Normal/Normal");
            assertThat(condition(
                            scope("office").getStatus() == null
                                    ? List.of()
                                    : scope("office").getStatus().conditions(),
                            "InSync"))
                    .isEqualTo("True");
        });
    }

    @AfterEach
    void close() {
        operator.close();
        relationships().delete();
        client.resources(DhcpFailoverRelationship.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(each -> {
                    each.getMetadata().setFinalizers(List.of());
                    client.resource(each).update();
                });
        client.namespaces().withName(namespace).delete();
        client.close();
        dhcp1.close();
        dhcp2.close();
    }

    private void apply(String manifests) {
        client.load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .forceConflicts()
                .serverSideApply();
    }

    private io.fabric8.kubernetes.client.dsl.Resource<DhcpFailoverRelationship> relationships() {
        return client.resources(DhcpFailoverRelationship.class)
                .inNamespace(namespace)
                .withName("dhcp2-dhcp1");
    }

    private @Nullable String state() {
        DhcpFailoverRelationship relationship = relationships().get();
        return relationship == null || relationship.getStatus() == null
                ? null
                : relationship.getStatus().state();
    }

    private DhcpScope scope(String name) {
        return Objects.requireNonNull(client.resources(DhcpScope.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    private static @Nullable String condition(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(each -> each.type().equals(type))
                .map(each -> each.status().name())
                .findAny()
                .orElse(null);
    }

    private List<String> reasons() {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .map(Event::getReason)
                .toList();
    }

    @Test
    void aPairComesUpAndFollowsWhatIsAsked() throws IOException {
        assertThat(dhcp1.names("DhcpScope")).containsExactly("office");
        assertThat(dhcp2.names("DhcpServer")).containsExactly("dhcp1", "dhcp2");
        assertThat(dhcp1.names("Secret")).containsExactly("dhcp2-dhcp1-dhcp-failover");
        StatefulSet workload = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("dhcp1")
                .get();
        assertThat(workload.getMetadata().getManagedFields())
                .anyMatch(each -> each.getManager().equals("dhcp-failover-operator")
                        && each.getOperation().equals("Apply"));

        client.resources(DhcpScope.class)
                .inNamespace(namespace)
                .withName("office")
                .patch(
                        io.fabric8.kubernetes.client.dsl.base.PatchContext.of(
                                io.fabric8.kubernetes.client.dsl.base.PatchType.JSON_MERGE),
                        "{\"spec\":{\"leaseDuration\":\"4m\"}}");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(Objects.requireNonNull(dhcp1.spec("DhcpScope", "office")).get("leaseDuration"))
                    .isEqualTo("4m");
            assertThat(Objects.requireNonNull(dhcp2.spec("DhcpScope", "office")).get("leaseDuration"))
                    .isEqualTo("4m");
        });

        dhcp2.hold(new ConfigurationDocument(50, List.of()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dhcp2.names("DhcpScope")).containsExactly("office"));
    }

    @Test
    void aStateIsShownWhenItChangesAndTheEventSaysSo() {
        dhcp1.says(status -> in(status, FailoverState.CommunicationsInterrupted));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(state()).isEqualTo("CommunicationsInterrupted/Normal"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(reasons()).contains("FailoverStateChange"));
    }

    @Test
    void aMistakeIsNamedAndWhatRunsGoesOn() {
        apply("""
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpScope
                metadata: {name: overlapping}
                spec:
                  server: dhcp1
                  subnet: 198.51.100.0/25
                  ranges: [{start: 198.51.100.20, end: 198.51.100.30}]
                """);

        await().atMost(PATIENCE).untilAsserted(() -> {
            var status = scope("overlapping").getStatus();
            assertThat(status).isNotNull();
            assertThat(status.conditions())
                    .anyMatch(each -> each.type().equals("ConfigurationValid")
                            && each.status() == Condition.Status.False
                            && each.message().contains("office"));
        });
        assertThat(dhcp1.names("DhcpScope")).containsExactly("office");
    }

    @Test
    void anActionIsDoneOnceAndItsRecordStays() {
        dhcp1.says(status -> in(status, FailoverState.CommunicationsInterrupted));
        dhcp2.stop();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(state()).isEqualTo("CommunicationsInterrupted/Unknown"));
        apply("""
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpFailoverAction
                metadata: {name: down}
                spec: {action: PartnerDown, relationship: dhcp2-dhcp1, server: dhcp1, reason: power cut}
                """);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dhcp1.calls())
                        .anyMatch(call -> call.startsWith("POST /v1/relationships/dhcp2-dhcp1/partner-down")));
        dhcp1.says(status -> in(status, FailoverState.PartnerDown));

        await().atMost(PATIENCE).untilAsserted(() -> {
            var status = Objects.requireNonNull(client.resources(DhcpFailoverAction.class)
                            .inNamespace(namespace)
                            .withName("down")
                            .get())
                    .getStatus();
            assertThat(status).isNotNull();
            assertThat(status.phase()).isEqualTo(Phase.Succeeded);
        });
    }

    @Test
    void anOperatorThatStartsAgainTouchesNothingThatIsRight() throws InterruptedException {
        String before = scope("office").getMetadata().getResourceVersion();
        String workload = resourceVersion();
        operator.close();
        operator = start();

        await().during(Duration.ofSeconds(5)).atMost(PATIENCE).untilAsserted(() -> {
            assertThat(scope("office").getMetadata().getResourceVersion()).isEqualTo(before);
            assertThat(resourceVersion()).isEqualTo(workload);
            assertThat(state()).isEqualTo("Normal/Normal");
        });
    }

    private String resourceVersion() {
        return client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("dhcp1")
                .get()
                .getMetadata()
                .getGeneration()
                .toString();
    }

    @Test
    void aDeletedRelationshipLeavesItsScopesWhereItsUserSaid() {
        relationships().delete();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(relationships().get()).isNull();
            assertThat(scope("office").getSpec()).isNotNull();
            assertThat(Objects.requireNonNull(scope("office").getSpec()).server())
                    .hasToString("dhcp1");
            assertThat(dhcp1.names("DhcpScope")).containsExactly("office");
            assertThat(dhcp1.names("DhcpFailoverRelationship")).isEmpty();
            assertThat(dhcp2.names("DhcpScope")).isEmpty();
        });
    }

    private static NodeStatus in(NodeStatus status, FailoverState state) {
        return Reports.with(
                status,
                status.relationships().stream()
                        .map(report -> Reports.in(report, state, false))
                        .toList());
    }
}
