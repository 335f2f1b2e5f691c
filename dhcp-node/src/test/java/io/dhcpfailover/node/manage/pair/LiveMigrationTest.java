package io.dhcpfailover.node.manage.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** A pair of ISC dhcpd in service becomes a pair of ours, one server after the other; no client loses its address. */
@Timeout(900)
class LiveMigrationTest {

    private static final int CLIENTS = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces("dhcpd", "omshell");

    private static PairNetwork network;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void network() throws Exception {
        network = new PairNetwork(NAMESPACES);
    }

    @Test
    void noClientLosesItsAddress() throws Exception {
        Ledger ledger = new Ledger();
        PairSite pair = new PairSite(network, folder.resolve("ours"), "messageAuthentication: {enabled: false}");
        pair.write("scopes", IscServer.scopes());
        try (IscServer first = new IscServer(network, Side.FIRST, folder.resolve("first"), true, 128);
                IscServer second = new IscServer(network, Side.SECOND, folder.resolve("second"), false, 128);
                PairSite site = pair) {
            first.start();
            second.start();
            first.awaitState("normal");
            second.awaitState("normal");
            try (PairClients clients = new PairClients(
                    NAMESPACES, "10.82.0.1", List.of("10.80.0.1", "10.80.0.3"), ledger, 6000, CLIENTS, 3000)) {
                served(clients, ledger);

                // The secondary is replaced: its leases come from the primary.
                second.kill();
                first.awaitState("communications-interrupted");
                external(site, Side.FIRST);
                site.start(Side.SECOND);
                site.awaitState(Side.SECOND, "NORMAL");
                first.awaitState("normal");
                served(clients, ledger);

                // Then the primary; and the new secondary is told that its partner is one of ours now.
                first.kill();
                site.awaitState(Side.SECOND, "COMMUNICATIONS-INTERRUPTED");
                served(clients, ledger);
                nativeNow(site);
                ours(site, Side.FIRST);
                site.start(Side.FIRST);
                site.awaitStates("NORMAL", "NORMAL");
                served(clients, ledger);
            }
        }
    }

    private static void external(PairSite site, Side side) throws Exception {
        site.server(side, "external: {address: " + side.linkAddress + ", protocol: Draft12}");
    }

    /** What is run elsewhere stays so for the server that runs: it only speaks another protocol now. */
    private static void nativeNow(PairSite site) throws Exception {
        site.server(Side.SECOND, Side.FIRST, "external: {address: " + Side.FIRST.linkAddress + ", protocol: Native}");
        site.server(Side.SECOND).said("Serves a new configuration");
    }

    /** For the new server itself. */
    private static void ours(PairSite site, Side side) throws Exception {
        site.server(
                side,
                side,
                "nodeName: node-" + side.server + ", interfaces: [" + side.lan + "], serverAddress: " + side.address
                        + ", failoverAddress: " + side.linkAddress);
    }

    private static void served(PairClients clients, Ledger ledger) {
        long acks = ledger.acks() + 2L * CLIENTS;
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(clients.held()).isEqualTo(CLIENTS);
            assertThat(ledger.acks()).isGreaterThan(acks);
        });
        assertThat(ledger.mistakes()).isEmpty();
    }
}
