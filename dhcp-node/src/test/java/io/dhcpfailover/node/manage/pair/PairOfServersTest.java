package io.dhcpfailover.node.manage.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.manage.ServerProcess;
import io.dhcpfailover.node.manage.pair.PairNetwork.Side;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two servers as processes, from manifests, with clients. */
@Timeout(600)
class PairOfServersTest {

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces("busybox");

    private static PairNetwork network;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void network() throws Exception {
        network = new PairNetwork(NAMESPACES);
    }

    @Test
    void aLeaseOfOneIsRenewedByTheOther() throws Exception {
        Ledger ledger = new Ledger();
        try (PairSite site = new PairSite(network, folder, "").normal();
                PairClients clients = new PairClients(
                        NAMESPACES, "10.82.0.1", List.of("10.80.0.1", "10.80.0.3"), ledger, 0, 200, 60_000)) {
            await().atMost(PairSite.PATIENCE).until(() -> clients.held() == 200);
            List<Ipv4Address> addresses = clients.addresses();
            clients.settle();
            await().atMost(PairSite.PATIENCE)
                    .untilAsserted(() -> assertThat(clients.longestWait()).isLessThan(5000));
            site.kill(Side.FIRST);
            site.awaitState(Side.SECOND, "COMMUNICATIONS-INTERRUPTED");
            site.close(Side.SECOND);
            assertThat(ServerProcess.leases(site.state(Side.SECOND)))
                    .as("what the other knows")
                    .filteredOn(binding -> addresses.contains(binding.address()))
                    .hasSize(200)
                    .allMatch(binding -> binding.state() == BindingState.ACTIVE);
        }
        assertThat(ledger.mistakes()).isEmpty();
    }

    @Test
    void clientsKeepTheirAddressesWhileEachServerIsRestarted() throws Exception {
        Ledger ledger = new Ledger();
        try (PairSite site = new PairSite(network, folder, "").normal();
                PairClients clients = new PairClients(
                        NAMESPACES, "10.82.0.1", List.of("10.80.0.1", "10.80.0.3"), ledger, 1000, 300, 1500)) {
            await().atMost(PairSite.PATIENCE).until(() -> clients.held() == 300);
            for (Side side : Side.values()) {
                clients.forgetWaits();
                site.server(side).terminate();
                assertThat(site.server(side).exit()).isZero();
                site.awaitState(side.other(), "COMMUNICATIONS-INTERRUPTED");
                assertThat(site.server(side.other()).log())
                        .containsPattern("NORMAL -> COMMUNICATIONS-INTERRUPTED: .*the partner is in PAUSED");
                site.start(side);
                site.awaitStates("NORMAL", "NORMAL");
                assertThat(clients.longestWait())
                        .as("the longest wait of a client, in ms; " + side)
                        .isLessThan(Duration.ofSeconds(4).toMillis());
            }
            assertThat(clients.held()).isEqualTo(300);
        }
        assertThat(ledger.mistakes()).isEmpty();
    }

    @Test
    void anAdministratorTakesAServerToPartnerDown() throws Exception {
        try (PairSite site = new PairSite(network, folder, "").normal()) {
            site.kill(Side.FIRST);
            site.awaitState(Side.SECOND, "COMMUNICATIONS-INTERRUPTED");
            assertThat(site.partnerDown(Side.SECOND)).isZero();
            site.awaitState(Side.SECOND, "PARTNER-DOWN");
            assertThat(site.server(Side.SECOND).log()).contains("an administrator says that the partner is down");
            site.start(Side.FIRST);
            site.awaitStates("NORMAL", "NORMAL");
        }
    }

    @Test
    void theRelationshipIsChangedWhileItRuns() throws Exception {
        Ledger ledger = new Ledger();
        try (PairSite site = new PairSite(network, folder, "").normal();
                PairClients clients = new PairClients(
                        NAMESPACES, "10.82.0.1", List.of("10.80.0.1", "10.80.0.3"), ledger, 3000, 100, 1000)) {
            await().atMost(PairSite.PATIENCE).until(() -> clients.held() == 100);
            clients.forgetWaits();
            for (String fields : List.of(
                    "loadBalancePercent: 80",
                    "mode: HotStandby",
                    "mode: HotStandby\n  activeServer: Secondary",
                    "contactInterval: 2s",
                    "mode: LoadBalance")) {
                site.relationship(fields + "\n  messageAuthentication: {secretRef: {name: shared}}");
                long acks = ledger.acks() + 400;
                await().atMost(PairSite.PATIENCE).until(() -> ledger.acks() > acks);
            }
            site.awaitStates("NORMAL", "NORMAL");
            assertThat(clients.longestWait()).isLessThan(Duration.ofSeconds(5).toMillis());
            assertThat(clients.held()).isEqualTo(100);
        }
        assertThat(ledger.mistakes()).isEmpty();
    }

    @Test
    void newClientsAreAnsweredByThatServerWhoseTheyAre() throws Exception {
        NewClient client = network.client(folder);
        try (PairSite site = new PairSite(network, folder, "")) {
            site.normal();
            for (int i = 0; i < 6; i++) {
                client.change();
                assertThat(client.start().after()).isLessThan(Duration.ofSeconds(3));
            }
        }
    }
}
