package io.dhcpfailover.lab.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dhcpfailover.lab.kubernetes.Access;
import io.dhcpfailover.lab.kubernetes.EmbeddedApi;
import io.dhcpfailover.lab.kubernetes.SchemaAdmission;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stands in for a StatefulSet's controller and for kubelets, with a program that says how it was started and waits. */
@Timeout(60)
class LocalNodesTest {

    private static final String NAMESPACE = "dhcp";
    private static final String SET = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: dhcp1}
            spec:
              replicas: 1
              template:
                metadata: {labels: {app: dhcp}}
                spec:
                  affinity:
                    nodeAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                        nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [node1]}]}]
                  containers:
                  - name: server
                    args: [--state, /var/lib/state, --address, $(HOST_IP), --tls, /tls]
                    env: [{name: HOST_IP, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}]
                    volumeMounts: [{name: state, mountPath: /var/lib/state}, {name: tls, mountPath: /tls}]
                  volumes:
                  - {name: state, hostPath: {path: /var/lib/dhcp1}}
                  - {name: tls, secret: {secretName: certificate}}
            """;
    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata: {name: certificate}
            stringData: {tls.crt: one}
            """;
    private static final Program PROGRAM =
            new Program(List.of("sh", "-c", "echo \"$@\"; exec sleep 60", "sh"), List.of("--last"));

    @TempDir
    private Path folder;

    private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final EmbeddedApi api;
    private final Access access;
    private LocalNodes nodes;

    LocalNodesTest() throws IOException {
        api = EmbeddedApi.start(InetAddress.getLoopbackAddress(), new SchemaAdmission());
        access = api.access();
    }

    @BeforeEach
    void start() throws Exception {
        nodes = LocalNodes.start(access, Map.of("node1", "127.9.9.1"), folder, PROGRAM, problems::add);
        apply(SET);
    }

    @AfterEach
    void close() {
        nodes.close();
        api.close();
    }

    private void apply(String manifest) throws Exception {
        access.apply(NAMESPACE, (ObjectNode) yaml.readTree(manifest));
    }

    private JsonNode pod() {
        return access.find("Pod", NAMESPACE, "dhcp1-0");
    }

    private JsonNode container() {
        return pod().path("status").path("containerStatuses").path(0);
    }

    private void awaitRunning() {
        await().untilAsserted(() -> {
            assertThat(container().path("state").has("running")).isTrue();
            assertThat(PodStatuses.isReady(pod())).isTrue();
        });
    }

    @Test
    void aPodRunsOnceItsSecretIsThereWithItsFoldersAndArguments() throws Exception {
        await().untilAsserted(() -> assertThat(Json.nodeName(pod())).isEqualTo("node1"));
        assertThat(container().isMissingNode()).isTrue();
        apply(SECRET);
        awaitRunning();
        Path own = folder.resolve("node1/dhcp1-0");
        await().untilAsserted(
                        () -> assertThat(Files.readString(own.resolve("log")).strip())
                                .isEqualTo("--state " + folder.resolve("node1/disk/var/lib/dhcp1")
                                        + " --address 127.9.9.1 --tls " + own.resolve("tls") + " --last"));
        assertThat(own.resolve("tls/tls.crt")).hasContent("one");
        assertThat(Files.getPosixFilePermissions(own.resolve("tls/tls.crt"))).hasSize(2);
        await().untilAsserted(() -> assertThat(access.find("StatefulSet", NAMESPACE, "dhcp1")
                        .path("status")
                        .path("readyReplicas")
                        .asInt())
                .isEqualTo(1));
        assertThat(problems).isEmpty();
    }

    @Test
    void aSecretThatChangesIsWrittenAnew() throws Exception {
        apply(SECRET);
        awaitRunning();
        apply(SECRET.replace("one", "two"));
        await().untilAsserted(() ->
                assertThat(folder.resolve("node1/dhcp1-0/tls/tls.crt")).hasContent("two"));
    }

    @Test
    void aProcessThatEndsIsReportedAndStartedWhenSomebodySaysSo() throws Exception {
        apply(SECRET);
        awaitRunning();
        nodes.kill("dhcp1-0");
        await().untilAsserted(() -> assertThat(container()
                        .path("state")
                        .path("terminated")
                        .path("exitCode")
                        .asInt())
                .isEqualTo(137));
        assertThat(PodStatuses.isReady(pod())).isFalse();
        nodes.restart("dhcp1-0");
        awaitRunning();
        assertThat(container().path("restartCount").asInt()).isEqualTo(1);
        assertThat(container()
                        .path("lastState")
                        .path("terminated")
                        .path("exitCode")
                        .asInt())
                .isEqualTo(137);
    }

    @Test
    void ofANodeWithoutPowerNobodyReportsWhatEnded() throws Exception {
        apply(SECRET);
        awaitRunning();
        nodes.powerOff("node1");
        await().untilAsserted(() -> assertThat(PodStatuses.isReady(pod())).isFalse());
        assertThat(container().path("state").has("running")).isTrue();
        assertThat(access.find("Node", "", "node1")
                        .path("status")
                        .path("conditions")
                        .path(0)
                        .path("status")
                        .asText())
                .isEqualTo("Unknown");
        nodes.powerOn("node1");
        awaitRunning();
    }

    @Test
    void aPodThatIsDeletedEndsAndIsMadeAnew() throws Exception {
        apply(SECRET);
        awaitRunning();
        String before = Json.uid(pod());
        access.delete("Pod", NAMESPACE, "dhcp1-0", false);
        await().untilAsserted(() -> assertThat(Json.uid(pod())).isNotEmpty().isNotEqualTo(before));
        awaitRunning();
    }

    @Test
    void whatWasStartedEndsWithTheNodes() throws Exception {
        apply(SECRET);
        awaitRunning();
        long children = ProcessHandle.current().children().count();
        nodes.close();
        assertThat(ProcessHandle.current().children().count()).isEqualTo(children - 1);
    }
}
