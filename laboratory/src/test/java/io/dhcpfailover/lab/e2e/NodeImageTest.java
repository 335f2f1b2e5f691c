package io.dhcpfailover.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.lab.cluster.Cluster;
import io.dhcpfailover.lab.cluster.ClusterExtension;
import io.dhcpfailover.lab.lan.ClientEvent;
import io.dhcpfailover.lab.lan.ClientProgram;
import io.dhcpfailover.lab.lan.Lan;
import io.dhcpfailover.lab.lan.LanClient;
import io.dhcpfailover.lab.lan.LanExtension;
import io.dhcpfailover.lab.lan.Relay;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server's image, in a pod that may do nothing but take port 67 and send frames to clients without an address. */
@Timeout(240)
@ExtendWith({ClusterExtension.class, LanExtension.class})
class NodeImageTest {

    private static final Duration END_MAX = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final Lan lan;
    private final String namespace;
    private final String node;
    private final String state;

    NodeImageTest(Cluster cluster, Lan lan) {
        this.cluster = cluster;
        this.lan = lan;
        namespace = cluster.createNamespace(
                "dhcpfailover-tests-image", Map.of("pod-security.kubernetes.io/enforce", "privileged"));
        node = lan.nodes().getLast();
        state = "/var/tmp/dhcpfailover-tests/" + namespace;
    }

    @AfterEach
    void removeEverything() throws IOException, InterruptedException {
        end();
        cluster.delete(namespace);
        lan.run(node, "rm", "-rf", state);
    }

    @Test
    void servesTheLanAndTheBranchAndKeepsItsLeasesOverARestart() throws IOException, InterruptedException {
        Instant began = Instant.now();
        begin();
        try (LanClient client = LanClient.start(lan, lan.clients().getFirst(), ClientProgram.UDHCPC);
                Relay _ = Relay.start(lan, List.of(lan.address(node)));
                LanClient branch = LanClient.start(lan, lan.branchClient(), ClientProgram.DHCLIENT)) {
            ClientEvent first = client.awaitAnswer(began);
            assertThat(first.server()).isEqualTo(lan.address(node));
            assertThat(client.address()).isEqualTo(first.address());
            ClientEvent behindRelay = branch.awaitAnswer(began);
            assertThat(branch.address()).isEqualTo(behindRelay.address());
            assertThat(behindRelay.address()).isNotEqualTo(first.address());

            end();
            Instant again = Instant.now();
            begin();

            assertThat(client.awaitAnswer(again, Duration.ofSeconds(60)).address())
                    .as("it renews what it has")
                    .isEqualTo(first.address());
            try (LanClient other = LanClient.start(lan, lan.clients().get(1), ClientProgram.UDHCPC)) {
                assertThat(other.awaitAnswer(again).address()).isNotEqualTo(first.address());
            }
        }
    }

    private void begin() throws IOException {
        Map<String, String> values = Map.of(
                "NODE", node,
                "INTERFACE", lan.nodeInterface(),
                "IMAGE", Images.node(),
                "STATE", state,
                "LAN_SUBNET", lan.subnet(),
                "LAN_RANGE", Manifests.range(lan.range()),
                "BRANCH_SUBNET", lan.branchSubnet(),
                "BRANCH_RANGE", Manifests.range(lan.branchRange()),
                "BRANCH_GATEWAY", lan.branchGateway());
        for (HasMetadata object : Manifests.read(cluster.client(), "node-image.yaml", values)) {
            cluster.client()
                    .resource(object)
                    .inNamespace(namespace)
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    private void end() {
        cluster.client().pods().inNamespace(namespace).withName("dhcp1").delete();
        await("the pod ends")
                .atMost(END_MAX)
                .until(() -> cluster.client()
                                .pods()
                                .inNamespace(namespace)
                                .withName("dhcp1")
                                .get()
                        == null);
    }
}
