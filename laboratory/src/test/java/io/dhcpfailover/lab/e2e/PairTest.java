package io.dhcpfailover.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus;
import io.dhcpfailover.lab.cluster.Cluster;
import io.dhcpfailover.lab.cluster.ClusterExtension;
import io.dhcpfailover.lab.lan.ClientEvent;
import io.dhcpfailover.lab.lan.ClientProgram;
import io.dhcpfailover.lab.lan.Lan;
import io.dhcpfailover.lab.lan.LanClient;
import io.dhcpfailover.lab.lan.LanExtension;
import io.dhcpfailover.lab.lan.Outage;
import io.dhcpfailover.lab.lan.Relay;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The life of a pair, from {@code helm install} until after {@code helm uninstall}, with clients that stay the same
 * throughout: of each program one, two of them on the LAN and one behind the relay. What each of them saw in each
 * failure is printed as a table.
 */
@Timeout(600)
@ExtendWith({ClusterExtension.class, LanExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PairTest {

    private static final Duration FIRST_LEASE_MAX = Duration.ofSeconds(30);
    private static final Duration STATE_MAX = Duration.ofSeconds(60);

    /** Leases are of a minute, so that each client asks at least twice in this time. */
    private static final Duration RENEWALS = Duration.ofSeconds(75);

    private final Cluster cluster;
    private final Lan lan;
    private final String primary;
    private final String secondary;
    private final List<LanClient> clients = new ArrayList<>();
    private @Nullable Relay relay;
    private @Nullable Installation installation;

    PairTest(Cluster cluster, Lan lan) {
        this.cluster = cluster;
        this.lan = lan;
        primary = lan.nodes().get(0);
        secondary = lan.nodes().get(1);
    }

    @BeforeAll
    void install() throws IOException, InterruptedException {
        relay = Relay.start(lan, List.of(lan.address(primary), lan.address(secondary)));
        installation = Installation.install(cluster);
    }

    @AfterAll
    void removeEverything() {
        clients.forEach(LanClient::close);
        if (relay != null) {
            relay.close();
        }
        if (installation != null) {
            installation.close();
        }
    }

    @Test
    @Order(1)
    void theFirstClientHasALeaseWithinHalfAMinuteOfTheFirstApply() throws IOException, InterruptedException {
        LanClient client = start(lan.clients().get(0), ClientProgram.UDHCPC);
        Instant applied = Instant.now();
        installed()
                .apply(
                        "pair.yaml",
                        Map.of(
                                "PRIMARY_NODE", primary,
                                "SECONDARY_NODE", secondary,
                                "INTERFACE", lan.nodeInterface(),
                                "LAN_SUBNET", lan.subnet(),
                                "LAN_RANGE", Manifests.range(lan.range()),
                                "BRANCH_SUBNET", lan.branchSubnet(),
                                "BRANCH_RANGE", Manifests.range(lan.branchRange()),
                                "BRANCH_GATEWAY", lan.branchGateway()));

        ClientEvent lease = client.awaitAnswer(applied, Patience.of(FIRST_LEASE_MAX));

        System.out.printf(
                "first lease %.1f s after the first apply%n",
                Duration.between(applied, lease.at()).toMillis() / 1000.0);
        assertThat(lease.server()).isIn(lan.address(primary), lan.address(secondary));
        awaitState("Normal/Normal");
    }

    @Test
    @Order(2)
    void everyClientProgramIsServedOnTheLanAndBehindTheRelay() throws IOException, InterruptedException {
        Instant began = Instant.now();

        LanClient second = start(lan.clients().get(1), ClientProgram.DHCLIENT);
        LanClient third = start(lan.clients().get(2), ClientProgram.DHCPCD);
        LanClient branch = start(lan.branchClient(), ClientProgram.UDHCPC);

        assertThat(second.awaitAnswer(began).address()).isEqualTo(second.address());
        assertThat(third.awaitAnswer(began).address()).isEqualTo(third.address());
        assertThat(branch.awaitAnswer(began).address()).isEqualTo(branch.address());
    }

    @Test
    @Order(3)
    void helmTestFindsNothingToComplainOfAndGetsAnOfferInEachScope() throws IOException, InterruptedException {
        assertThat(installed().test())
                .contains("branch is offered")
                .contains("lan is offered")
                .doesNotContain("FAILED");
    }

    @Test
    @Order(4)
    void aScopeThatIsEditedIsServedByBothServers() throws IOException, InterruptedException {
        installed()
                .kubectl(
                        "patch",
                        "dscope",
                        "lan",
                        "--type=merge",
                        "--patch={\"spec\":{\"options\":{\"domainName\":\"example.org\"}}}");
        long generation = installed().scope("lan").getMetadata().getGeneration();

        await("both serve generation " + generation)
                .atMost(Patience.of(STATE_MAX))
                .untilAsserted(() -> {
                    DhcpScopeStatus status =
                            Objects.requireNonNull(installed().scope("lan").getStatus());
                    assertThat(status.replicas()).hasSize(2).allSatisfy(replica -> {
                        assertThat(replica.generation()).isEqualTo(generation);
                        assertThat(replica.state()).isEqualTo(DhcpScopeStatus.Replica.State.InSync);
                    });
                });
    }

    @Test
    @Order(5)
    void theModeChangesWhileClientsRenew() throws IOException, InterruptedException {
        Instant began = Instant.now();

        setMode("HotStandby");
        for (LanClient client : clients) {
            client.awaitAnswer(Instant.now(), RENEWALS);
        }
        setMode("LoadBalance");

        awaitState("Normal/Normal");
        assertNobodyLostAnAddress("switch of mode", began);
    }

    @Test
    @Order(6)
    void aPowerCutIsSurvivedAndTheServerReturns() throws IOException, InterruptedException {
        Instant began = Instant.now();
        lan.cutPower(primary);
        try {
            awaitState("[A-Za-z]+/CommunicationsInterrupted");
            for (LanClient client : clients) {
                assertThat(client.awaitAnswer(Instant.now(), RENEWALS).server()).isEqualTo(lan.address(secondary));
            }
        } finally {
            lan.restorePower(primary);
        }

        awaitState("Normal/Normal");
        assertNobodyLostAnAddress("power cut of the primary's node, and its return", began);
    }

    @Test
    @Order(7)
    void aNodeThatLosesTheLanIsServedForByItsPartner() throws IOException, InterruptedException {
        Instant began = Instant.now();
        lan.plugLan(secondary, false);
        try {
            for (LanClient client : clients) {
                assertThat(client.awaitAnswer(Instant.now(), RENEWALS).server()).isEqualTo(lan.address(primary));
            }
        } finally {
            lan.plugLan(secondary, true);
        }
        assertNobodyLostAnAddress("LAN of the secondary's node cut", began);
    }

    @Test
    @Order(8)
    void clientsNeedNeitherTheOperatorNorTheApiServer() throws IOException, InterruptedException {
        Instant began = Instant.now();
        cluster.kubectl(
                "delete",
                "pods",
                "--all",
                "--wait=false",
                "--namespace=" + installed().system());
        lan.plugApi(primary, false);
        try {
            for (LanClient client : clients) {
                client.awaitAnswer(Instant.now(), RENEWALS);
            }
        } finally {
            lan.plugApi(primary, true);
        }

        awaitState("Normal/Normal");
        assertNobodyLostAnAddress("operator killed, API server unreachable from the primary's node", began);
    }

    @Test
    @Order(9)
    void noAddressHadTwoClients() {
        assertThat(Outage.addressesHeldTwice(clients)).isEmpty();
    }

    private LanClient start(String host, ClientProgram program) throws IOException, InterruptedException {
        LanClient client = LanClient.start(lan, host, program);
        clients.add(client);
        return client;
    }

    private Installation installed() {
        return Objects.requireNonNull(installation);
    }

    private void setMode(String mode) throws IOException, InterruptedException {
        installed().kubectl("patch", "dfr", "pair", "--type=merge", "--patch={\"spec\":{\"mode\":\"" + mode + "\"}}");
        await("the mode is " + mode).atMost(Patience.of(STATE_MAX)).untilAsserted(() -> {
            DhcpFailoverRelationshipStatus status =
                    Objects.requireNonNull(installed().relationship("pair").getStatus());
            assertThat(Objects.requireNonNull(status.effective()).mode()).hasToString(mode);
        });
    }

    /** Waits until the STATE column is like this regular expression: what the primary is in, a slash, and the secondary. */
    private void awaitState(String states) {
        await("pair is " + states).atMost(Patience.of(STATE_MAX)).untilAsserted(() -> {
            DhcpFailoverRelationshipStatus status =
                    installed().relationship("pair").getStatus();
            assertThat(status).isNotNull();
            assertThat(status.state()).matches(states);
        });
    }

    private void assertNobodyLostAnAddress(String what, Instant began) {
        Instant ended = Instant.now();
        List<Outage> outages =
                clients.stream().map(client -> Outage.of(client, began, ended)).toList();
        System.out.println(Outage.table(what, outages));
        assertThat(outages).as(what).noneMatch(Outage::lostAddress);
    }
}
