package io.dhcpfailover.node.manage.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.node.manage.pair.PairNetwork.Side;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Servers that cannot reach each other, and servers that are both gone: no address has two clients. */
@Timeout(600)
class PartitionTest {

    private static final int CLIENTS = 100;

    /** Three times the MCLT. */
    private static final Duration PARTITION = Duration.ofSeconds(30);

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces();

    private static PairNetwork network;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void network() throws Exception {
        network = new PairNetwork(NAMESPACES);
    }

    @AfterEach
    void mend() throws Exception {
        network.mendLink();
    }

    @Test
    void clientsOnBothSidesOfAPartitionHaveAddressesOfTheirOwn() throws Exception {
        Ledger ledger = new Ledger();
        try (PairSite site = new PairSite(network, folder, "").normal()) {
            try (PairClients first = clients("10.82.0.1", Side.FIRST, ledger, 0);
                    PairClients second = clients("10.82.0.2", Side.SECOND, ledger, 1000)) {
                await().atMost(PairSite.PATIENCE).until(() -> first.held() == CLIENTS && second.held() == CLIENTS);
                network.cutLink();
                site.awaitStates("COMMUNICATIONS-INTERRUPTED", "COMMUNICATIONS-INTERRUPTED");
                try (PairClients newFirst = clients("10.82.0.3", Side.FIRST, ledger, 2000);
                        PairClients newSecond = clients("10.82.0.4", Side.SECOND, ledger, 3000)) {
                    List<PairClients> all = List.of(first, second, newFirst, newSecond);
                    everyoneIsServed(all, site);
                    await().during(PARTITION)
                            .atMost(PARTITION.plus(PairSite.PATIENCE))
                            .untilAsserted(() ->
                                    assertThat(ledger.mistakes()).as(site::logs).isEmpty());
                    everyoneIsServed(all, site);
                    network.mendLink();
                    site.awaitStates("NORMAL", "NORMAL");
                    long acks = ledger.acks() + 8L * CLIENTS;
                    await().atMost(PairSite.PATIENCE).until(() -> ledger.acks() > acks);
                    everyoneIsServed(all, site);
                }
            }
        }
        assertThat(ledger.mistakes()).isEmpty();
    }

    private static PairClients clients(String relay, Side side, Ledger ledger, int from) throws Exception {
        return new PairClients(NAMESPACES, relay, List.of(side.address), ledger, from, CLIENTS, 2000);
    }

    private static void everyoneIsServed(List<PairClients> all, PairSite site) {
        await().atMost(PairSite.PATIENCE)
                .untilAsserted(() -> assertThat(all).as(site::logs).allMatch(each -> each.held() == CLIENTS));
    }

    @Test
    void bothKilledAtOnceComeBackWithTheirLeases() throws Exception {
        Ledger ledger = new Ledger();
        try (PairSite site = new PairSite(network, folder, "").normal();
                PairClients clients = new PairClients(
                        NAMESPACES, "10.82.0.1", List.of("10.80.0.1", "10.80.0.3"), ledger, 2000, CLIENTS, 1500)) {
            await().atMost(PairSite.PATIENCE).until(() -> clients.held() == CLIENTS);
            // Long enough for leases of more than the MCLT.
            long longer = ledger.acks() + 5L * CLIENTS;
            await().atMost(PairSite.PATIENCE).until(() -> ledger.acks() > longer);
            for (Side side : Side.values()) {
                site.kill(side);
            }
            for (Side side : Side.values()) {
                site.start(side);
            }
            site.awaitStates("NORMAL", "NORMAL");
            long acks = ledger.acks() + 2L * CLIENTS;
            await().atMost(PairSite.PATIENCE).until(() -> ledger.acks() > acks);
            assertThat(clients.held()).isEqualTo(CLIENTS);
        }
        assertThat(ledger.mistakes()).isEmpty();
    }
}
