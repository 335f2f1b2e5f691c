package io.dhcpfailover.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.Ipv4Address;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The workload of a server, and what else belongs to it, field by field. */
final class ServerWorkloadTest {

    private static final NodeImage IMAGE =
            new NodeImage("registry.example.org/dhcp-node:1.0", "IfNotPresent", List.of("pull"));
    private static final WorkloadNotes NOTES = WorkloadNotes.NONE.reached(Ipv4Address.parse("192.0.2.1"));

    @ParameterizedTest
    @ValueSource(strings = {"plain", "claim", "template"})
    void isWhatTheFileSays(String example) throws IOException {
        String spec = switch (example) {
            case "plain" -> "{nodeName: node1}";
            case "claim" -> "{nodeName: node1, storage: {persistentVolumeClaim: {claimName: leases}}}";
            default ->
                "{nodeName: node1, storage: {hostPath: {path: /srv/leases}}, podTemplate: {annotations: {a: b},"
                        + " priorityClassName: mine, resources: {requests: {cpu: '2'}, limits: {memory: 1Gi}},"
                        + " tolerations: [{key: k, operator: Exists}]}}";
        };

        assertThat(Examples.YAML.writeValueAsString(ServerWorkload.of(Examples.server("dhcp1", spec), IMAGE, NOTES)))
                .isEqualTo(file("workload-" + example + ".yaml"));
    }

    @Test
    void keepsItsPodOnALostNode() {
        List<Toleration> tolerations = pod("{nodeName: node1}").getTolerations();

        assertThat(tolerations)
                .filteredOn(each -> "NoExecute".equals(each.getEffect()))
                .extracting(Toleration::getKey)
                .containsExactlyInAnyOrder("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
        assertThat(tolerations).allMatch(each -> each.getTolerationSeconds() == null);
    }

    @Test
    void waitsForACordonedNodeToTakePodsAgain() {
        assertThat(pod("{nodeName: node1}").getTolerations())
                .extracting(Toleration::getKey)
                .doesNotContain("node.kubernetes.io/unschedulable");
        assertThat(pod("{nodeName: node1}").getNodeName()).isNull();
    }

    @Test
    void neverReplacesAPodByItself() {
        var spec = ServerWorkload.of(Examples.server("dhcp1", "{nodeName: node1}"), IMAGE, NOTES)
                .getSpec();

        assertThat(spec.getUpdateStrategy().getType()).isEqualTo("OnDelete");
        assertThat(spec.getReplicas()).isEqualTo(1);
    }

    @Test
    void isTheSameForTheSameResource() {
        assertThat(ServerWorkload.of(Examples.server("dhcp1", "{nodeName: node1}"), IMAGE, NOTES))
                .isEqualTo(ServerWorkload.of(Examples.server("dhcp1", "{nodeName: node1}"), IMAGE, NOTES));
    }

    @Test
    void notesAreReadAsTheyWereWritten() {
        WorkloadNotes notes = NOTES.served("uid-1")
                .inHand(Instant.parse("2026-01-31T08:00:00Z"))
                .declared("a", Instant.parse("2026-01-31T08:01:00Z"))
                .declared("b", Instant.parse("2026-01-31T08:02:00Z"));

        assertThat(WorkloadNotes.of(workload(notes))).isEqualTo(notes);
        assertThat(WorkloadNotes.of(workload(notes.inHand(null).declared("a", null)))
                        .declaredDown())
                .containsOnlyKeys("b");
        assertThat(WorkloadNotes.of(null)).isEqualTo(WorkloadNotes.NONE);
    }

    /** The server reads it when it starts: docs/witness.md. */
    @Test
    void whoeverStartsIsToldThatItWasTakenForDown() {
        WorkloadNotes notes = NOTES.declared("dhcp2-dhcp1", Instant.parse("2026-01-31T08:01:00Z"))
                .declared("other", Instant.parse("2026-01-31T08:02:00Z"));

        assertThat(workload(notes)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getEnv())
                .filteredOn(each -> each.getName().equals("DHCP_NODE_DECLARED_DOWN"))
                .extracting(EnvVar::getValue)
                .containsExactly("dhcp2-dhcp1=2026-01-31T08:01:00Z,other=2026-01-31T08:02:00Z");
    }

    /** Neither what the operator notes nor what a successor is told is a reason to replace a pod; what a user asks is. */
    @Test
    void aPodIsReplacedForWhatIsAskedOnly() {
        Pod pod = podOf(workload(NOTES));

        assertThat(ServerPodTemplate.isOf(pod, revision("{nodeName: node1}", IMAGE)))
                .isTrue();
        assertThat(ServerPodTemplate.isOf(
                        podOf(workload(NOTES.declared("a", Instant.EPOCH).inHand(Instant.EPOCH))),
                        revision("{nodeName: node1}", IMAGE)))
                .isTrue();
        assertThat(ServerPodTemplate.isOf(
                        pod, revision("{nodeName: node1, podTemplate: {annotations: {a: b}}}", IMAGE)))
                .isFalse();
        assertThat(ServerPodTemplate.isOf(
                        pod,
                        revision("{nodeName: node1}", new NodeImage("another:2", "IfNotPresent", List.of("pull")))))
                .isFalse();
        assertThat(ServerPodTemplate.isOf(pod, revision("{nodeName: node1, authorized: false}", IMAGE)))
                .isTrue();
    }

    private static StatefulSet workload(WorkloadNotes notes) {
        return ServerWorkload.of(Examples.server("dhcp1", "{nodeName: node1}"), IMAGE, notes);
    }

    private static String revision(String spec, NodeImage image) {
        return ServerPodTemplate.revision(Examples.server("dhcp1", spec), image);
    }

    private static Pod podOf(StatefulSet workload) {
        return new PodBuilder()
                .withMetadata(workload.getSpec().getTemplate().getMetadata())
                .withSpec(workload.getSpec().getTemplate().getSpec())
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofAPairOneIsKept(boolean mayGo) throws IOException {
        assertThat(Examples.YAML.writeValueAsString(
                        ServerDisruptionBudget.of(Examples.server("dhcp1", "{nodeName: node1}"), mayGo)))
                .isEqualTo(file("budget.yaml").replace("maxUnavailable: 0", "maxUnavailable: " + (mayGo ? 1 : 0)));
    }

    private static PodSpec pod(String spec) {
        return ServerWorkload.of(Examples.server("dhcp1", spec), IMAGE, NOTES)
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static String file(String name) throws IOException {
        try (InputStream content = Objects.requireNonNull(ServerWorkloadTest.class.getResourceAsStream(name), name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
