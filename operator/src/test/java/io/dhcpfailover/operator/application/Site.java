package io.dhcpfailover.operator.application;

import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.operator.node.NodeEndpoints;
import io.dhcpfailover.operator.node.NodeStandIn;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pair on a real API server, with its own controllers of StatefulSets, evictions and scheduling: what stands in are its
 * two nodes and its two servers.
 */
final class Site implements AutoCloseable {

    static final String RELATIONSHIP = "dhcp2-dhcp1";

    private static final Path MANIFESTS = Path.of("../crds/manifests");

    final KubernetesClient client = new KubernetesClientBuilder().build();
    final String namespace;
    final KubeletStandIn node1;
    final KubeletStandIn node2;
    final NodeStandIn dhcp1 = new NodeStandIn("dhcp1");
    final NodeStandIn dhcp2 = new NodeStandIn("dhcp2");
    private @Nullable OperatorApplication operator;

    Site() throws IOException {
        try (Stream<Path> manifests = Files.list(MANIFESTS)) {
            for (Path manifest : manifests.sorted().toList()) {
                try (InputStream content = Files.newInputStream(manifest)) {
                    client.load(content).forceConflicts().serverSideApply();
                }
            }
        }
        namespace = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("dhcpfailover-tests-operator-")
                        .addToLabels("pod-security.kubernetes.io/enforce", "privileged")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        // After the first of the cluster's own nodes in their order, for tests that take the first and the last.
        String prefix = client.nodes().list().getItems().stream()
                        .map(Node::getMetadata)
                        .map(metadata -> metadata.getName())
                        .sorted()
                        .findFirst()
                        .orElse("node")
                + "-" + UUID.randomUUID().toString().substring(0, 8);
        node1 = new KubeletStandIn(client, namespace, prefix + "-1", "203.0.113.1");
        node2 = new KubeletStandIn(client, namespace, prefix + "-2", "203.0.113.2");
    }

    /** Starts an operator, which has servers run that image. */
    void startOperator(String image) {
        NodeEndpoints endpoints = (server, address) -> (server.name().equals("dhcp1") ? dhcp1 : dhcp2).uri();
        operator = OperatorApplication.start(
                Map.of(
                        "dhcp-failover.watched-namespaces", namespace,
                        "dhcp-failover.namespace", namespace,
                        "dhcp-failover.leader-election", "false",
                        "dhcp-failover.node-image", image,
                        "dhcp-failover.node-image-pull-policy", "Never"),
                client,
                endpoints);
    }

    void stopOperator() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    /** Applies the pair, with more for each of the two kinds. */
    void applyPair(String ofRelationship) {
        apply("""
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpServer
                metadata: {name: dhcp1}
                spec: {nodeName: %s, podTemplate: {tolerations: [%s]}}
                ---
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpServer
                metadata: {name: dhcp2}
                spec: {nodeName: %s, podTemplate: {tolerations: [%s]}}
                ---
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpFailoverRelationship
                metadata: {name: dhcp2-dhcp1}
                spec: {primaryServer: dhcp1, secondaryServer: dhcp2%s}
                ---
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpScope
                metadata: {name: office}
                spec:
                  failoverRelationship: dhcp2-dhcp1
                  subnet: 198.51.100.0/24
                  ranges: [{start: 198.51.100.10, end: 198.51.100.199}]
                """.formatted(
                node1.name(), KubeletStandIn.TOLERATION, node2.name(), KubeletStandIn.TOLERATION, ofRelationship));
    }

    void apply(String manifests) {
        client.load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .forceConflicts()
                .serverSideApply();
    }

    DhcpFailoverRelationship relationship() {
        return Objects.requireNonNull(client.resources(DhcpFailoverRelationship.class)
                .inNamespace(namespace)
                .withName(RELATIONSHIP)
                .get());
    }

    /** Such as Normal/Normal. */
    @Nullable String state() {
        var status = relationship().getStatus();
        return status == null ? null : status.state();
    }

    /** What a condition of the relationship says; empty where there is none. */
    String said(String condition) {
        var status = relationship().getStatus();
        return status == null
                ? ""
                : status.conditions().stream()
                        .filter(each -> each.type().equals(condition))
                        .map(Condition::message)
                        .findAny()
                        .orElse("");
    }

    /** The reasons and messages of all events. */
    List<String> events() {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .map(event -> event.getReason() + ": " + event.getMessage())
                .toList();
    }

    @Nullable Pod pod(String server) {
        return client.pods().inNamespace(namespace).withName(server + "-0").get();
    }

    String uid(String server) {
        Pod pod = pod(server);
        return pod == null ? "" : pod.getMetadata().getUid();
    }

    boolean isReady(String server) {
        Pod pod = pod(server);
        return pod != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(each -> each.getType().equals("Ready")
                                && each.getStatus().equals("True"));
    }

    StatefulSet workload(String server) {
        return client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(server)
                .get();
    }

    /** A note on a server's workload; null where it is not there. */
    @Nullable String note(String server, String name) {
        Map<String, String> notes = workload(server).getMetadata().getAnnotations();
        return notes == null ? null : notes.get("dhcpfailover.io/" + name);
    }

    /** What whatever starts next as a server is told of its own end; empty for nothing. */
    String toldToSuccessor(String server) {
        return workload(server).getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
                .filter(each -> each.getName().equals("DHCP_NODE_DECLARED_DOWN"))
                .map(each -> each.getValue())
                .findAny()
                .orElse("");
    }

    @Override
    public void close() {
        stopOperator();
        client.resources(DhcpFailoverRelationship.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(each -> {
                    each.getMetadata().setFinalizers(List.of());
                    client.resource(each).update();
                });
        client.namespaces().withName(namespace).delete();
        node1.close();
        node2.close();
        dhcp1.close();
        dhcp2.close();
        client.close();
    }
}
