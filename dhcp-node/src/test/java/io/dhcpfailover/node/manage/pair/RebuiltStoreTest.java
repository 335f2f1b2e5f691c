package io.dhcpfailover.node.manage.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.journal.FileStorage;
import io.dhcpfailover.node.journal.Journal;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.ClientDetails;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.manage.ServerProcess;
import io.dhcpfailover.node.manage.pair.PairNetwork.Side;
import io.dhcpfailover.node.network.testing.Namespaces;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server whose disk was lost has all of a hundred thousand leases again from its partner, which serves meanwhile. */
@Timeout(900)
class RebuiltStoreTest {

    private static final int LEASES = 100_000;
    private static final int CLIENTS = 100;
    private static final Ipv4Address FIRST = Ipv4Address.parse("10.128.0.1");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces();

    private static PairNetwork network;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void network() throws Exception {
        network = new PairNetwork(NAMESPACES);
    }

    @Test
    void allLeasesComeBackWhileClientsAreServed() throws Exception {
        Ledger ledger = new Ledger();
        try (PairSite site = new PairSite(network, folder, "")) {
            site.write("great", """
                    apiVersion: dhcpfailover.io/v1alpha1
                    kind: DhcpScope
                    metadata: {name: great}
                    spec:
                      subnet: 10.128.0.0/15
                      ranges: [{start: 10.128.0.1, end: 10.129.255.250}]
                      leaseDuration: 8h
                      failoverRelationship: pair
                    """);
            fill(site.state(Side.FIRST));
            site.start(Side.FIRST);
            site.start(Side.SECOND);
            await().atMost(PATIENCE).until(() -> "NORMAL".equals(site.stateOf(Side.SECOND)));
            try (PairClients clients = new PairClients(
                    NAMESPACES, "10.82.0.1", List.of("10.80.0.1", "10.80.0.3"), ledger, 0, CLIENTS, 2000)) {
                await().atMost(PairSite.PATIENCE).until(() -> clients.held() == CLIENTS);
                site.kill(Side.SECOND);
                delete(site.state(Side.SECOND));
                site.awaitState(Side.FIRST, "COMMUNICATIONS-INTERRUPTED");
                clients.forgetWaits();
                long start = System.nanoTime();
                site.start(Side.SECOND);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(site.stateOf(Side.SECOND))
                                .as(site::logs)
                                .isEqualTo("NORMAL"));
                System.out.println(LEASES + " leases were rebuilt, and the MCLT of 10 s passed, within "
                        + Duration.ofNanos(System.nanoTime() - start).toMillis()
                        + " ms; the longest wait of a client was "
                        + clients.longestWait() + " ms");
                assertThat(clients.longestWait())
                        .isLessThan(Duration.ofSeconds(2).toMillis());
            }
            site.close(Side.SECOND);
            assertThat(ServerProcess.leases(site.state(Side.SECOND)))
                    .filteredOn(binding ->
                            binding.address().compareTo(FIRST) >= 0 && binding.state() == BindingState.ACTIVE)
                    .hasSize(LEASES);
        }
        assertThat(ledger.mistakes()).isEmpty();
    }

    /** As a server leaves it that served alone. */
    private static void fill(Path state) throws IOException {
        long now = Instant.now().getEpochSecond();
        BindingTable table = new BindingTable(0);
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < LEASES; i++) {
            Binding binding = table.of(new Ipv4Address(FIRST.bits() + i));
            HardwareAddress hardware = HardwareAddress.of(new MacAddress(0x0200_5F00_0000L + i));
            table.bind(
                    binding,
                    new BindingTable.Client(
                            ClientIdentity.of(null, hardware), false, hardware, ClientDetails.none(), false),
                    now + 7200,
                    now - 60);
            records.add(StoredRecords.of(binding));
        }
        try (Journal journal =
                Journal.open(FileStorage.open(state), () -> 1L, record -> {}).journal()) {
            for (int from = 0; from < LEASES; from += 1000) {
                journal.append(records.subList(from, Math.min(LEASES, from + 1000)));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
