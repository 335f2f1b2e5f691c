package io.dhcpfailover.node.manage.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.node.manage.ServerProcess;
import io.dhcpfailover.node.manage.pair.PairNetwork.Side;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ISC dhcpd 4.4.3 as the partner of our server, in both roles and modes, with clients. */
@Timeout(900)
class IscPartnerTest {

    private static final int CLIENTS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces("dhcpd", "omshell");

    private static PairNetwork network;

    @TempDir
    private Path folder = Path.of("");

    /** What our server is, and how clients are shared. */
    enum Ours {
        PRIMARY_BALANCED(true, "mode: LoadBalance", 128),
        SECONDARY_BALANCED(false, "mode: LoadBalance", 128),
        PRIMARY_ACTIVE(true, "mode: HotStandby", 256),
        SECONDARY_STANDBY(false, "mode: HotStandby", 256);

        final boolean primary;
        final String mode;
        final int split;

        Ours(boolean primary, String mode, int split) {
            this.primary = primary;
            this.mode = mode;
            this.split = split;
        }

        Side side() {
            return primary ? Side.FIRST : Side.SECOND;
        }
    }

    @BeforeAll
    static void network() throws Exception {
        network = new PairNetwork(NAMESPACES);
    }

    @AfterEach
    void mend() throws Exception {
        network.mendLink();
    }

    private Scene scene(Ours ours, int first) throws Exception {
        Scene scene = new Scene(ours, first);
        try {
            scene.begin();
            return scene;
        } catch (Exception | AssertionError e) {
            scene.close();
            throw e;
        }
    }

    private final class Scene implements AutoCloseable {
        final Side side;
        final PairSite site;
        final IscServer isc;
        final Ledger ledger = new Ledger();
        final PairClients clients;

        Scene(Ours ours, int first) throws Exception {
            side = ours.side();
            Path own = folder.resolve("ours");
            site = new PairSite(network, own, ours.mode + "\n  messageAuthentication: {enabled: false}");
            site.server(side.other(), "external: {address: " + side.other().linkAddress + ", protocol: Draft12}");
            site.write("scopes", IscServer.scopes());
            isc = new IscServer(network, side.other(), folder.resolve("isc"), !ours.primary, ours.split);
            clients = new PairClients(
                    NAMESPACES, "10.82.0.1", List.of("10.80.0.1", "10.80.0.3"), ledger, first, CLIENTS, 3000);
            clients.settle();
        }

        void begin() throws IOException {
            isc.start();
            site.start(side);
            normal();
            clients.resume();
            served();
        }

        void normal() {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(List.of(String.valueOf(site.stateOf(side)), String.valueOf(isc.state())))
                                    .as(() -> site.logs() + "== ISC dhcpd\n" + isc.log())
                                    .containsExactly("NORMAL", "normal"));
        }

        /** Every client has its address, and has been answered since. */
        void served() {
            long acks = ledger.acks() + 2L * CLIENTS;
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(clients.held()).as(() -> site.logs() + isc.log()).isEqualTo(CLIENTS);
                assertThat(ledger.acks()).isGreaterThan(acks);
            });
            assertThat(ledger.mistakes()).as(() -> site.logs() + isc.log()).isEmpty();
        }

        @Override
        public void close() throws IOException {
            clients.close();
            isc.close();
            site.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachServesWhileTheOtherIsGone(Ours ours) throws Exception {
        try (Scene scene = scene(ours, 0)) {
            scene.isc.kill();
            scene.site.awaitState(scene.side, "COMMUNICATIONS-INTERRUPTED");
            scene.served();
            scene.isc.start();
            scene.normal();
            scene.site.kill(scene.side);
            scene.isc.awaitState("communications-interrupted");
            scene.served();
            scene.site.start(scene.side);
            scene.normal();
            scene.served();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLinkThatWasCutComesBack(Ours ours) throws Exception {
        try (Scene scene = scene(ours, 1000)) {
            network.cutLink();
            scene.site.awaitState(scene.side, "COMMUNICATIONS-INTERRUPTED");
            scene.isc.awaitState("communications-interrupted");
            scene.served();
            network.mendLink();
            scene.normal();
            scene.served();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PRIMARY_BALANCED", "SECONDARY_BALANCED"})
    void ourLostDiskIsRebuilt(Ours ours) throws Exception {
        try (Scene scene = scene(ours, 2000)) {
            scene.site.kill(scene.side);
            scene.isc.awaitState("communications-interrupted");
            delete(scene.site.state(scene.side));
            scene.site.start(scene.side);
            scene.normal();
            scene.served();
            scene.clients.settle();
            await().atMost(PATIENCE).until(() -> scene.clients.longestWait() >= 0);
            scene.site.close(scene.side);
            assertThat(ServerProcess.leases(scene.site.state(scene.side)))
                    .filteredOn(binding -> scene.clients.addresses().contains(binding.address()))
                    .hasSize(CLIENTS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PRIMARY_BALANCED", "SECONDARY_BALANCED"})
    void itsLostDiskIsRebuilt(Ours ours) throws Exception {
        try (Scene scene = scene(ours, 3000)) {
            scene.isc.kill();
            scene.site.awaitState(scene.side, "COMMUNICATIONS-INTERRUPTED");
            scene.isc.wipe();
            scene.isc.start();
            scene.normal();
            scene.served();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PRIMARY_BALANCED", "SECONDARY_BALANCED"})
    void ourPartnerDownEndsWhenItReturns(Ours ours) throws Exception {
        try (Scene scene = scene(ours, 4000)) {
            scene.isc.kill();
            scene.site.awaitState(scene.side, "COMMUNICATIONS-INTERRUPTED");
            assertThat(scene.site.partnerDown(scene.side)).isZero();
            scene.site.awaitState(scene.side, "PARTNER-DOWN");
            scene.served();
            scene.isc.start();
            scene.normal();
            scene.served();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PRIMARY_BALANCED", "SECONDARY_BALANCED"})
    void itsPartnerDownEndsWhenWeReturn(Ours ours) throws Exception {
        try (Scene scene = scene(ours, 5000)) {
            scene.site.kill(scene.side);
            scene.isc.awaitState("communications-interrupted");
            scene.isc.partnerDown();
            scene.isc.awaitState("partner-down");
            scene.served();
            scene.site.start(scene.side);
            scene.normal();
            scene.served();
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
