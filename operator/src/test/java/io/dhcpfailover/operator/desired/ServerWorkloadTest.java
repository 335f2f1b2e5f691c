package io.dhcpfailover.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.Ipv4Address;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The workload of a server, and what else belongs to it, field by field. */
final class ServerWorkloadTest {

    private static final NodeImage IMAGE =
            new NodeImage("registry.example.org/dhcp-node:1.0", "IfNotPresent", List.of("pull"));
    private static final Ipv4Address ADDRESS = Ipv4Address.parse("192.0.2.1");

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

        assertThat(Examples.YAML.writeValueAsString(ServerWorkload.of(Examples.server("dhcp1", spec), IMAGE, ADDRESS)))
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
        var spec = ServerWorkload.of(Examples.server("dhcp1", "{nodeName: node1}"), IMAGE, ADDRESS)
                .getSpec();

        assertThat(spec.getUpdateStrategy().getType()).isEqualTo("OnDelete");
        assertThat(spec.getReplicas()).isEqualTo(1);
    }

    @Test
    void isTheSameForTheSameResource() {
        assertThat(ServerWorkload.of(Examples.server("dhcp1", "{nodeName: node1}"), IMAGE, ADDRESS))
                .isEqualTo(ServerWorkload.of(Examples.server("dhcp1", "{nodeName: node1}"), IMAGE, ADDRESS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofAPairOneIsKept(boolean mayGo) throws IOException {
        assertThat(Examples.YAML.writeValueAsString(
                        ServerDisruptionBudget.of(Examples.server("dhcp1", "{nodeName: node1}"), mayGo)))
                .isEqualTo(file("budget.yaml").replace("maxUnavailable: 0", "maxUnavailable: " + (mayGo ? 1 : 0)));
    }

    private static PodSpec pod(String spec) {
        return ServerWorkload.of(Examples.server("dhcp1", spec), IMAGE, ADDRESS)
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
