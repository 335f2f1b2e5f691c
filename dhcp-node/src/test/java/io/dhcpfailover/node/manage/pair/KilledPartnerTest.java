package io.dhcpfailover.node.manage.pair;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.manage.pair.PairNetwork.Side;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One server of a pair is gone, and a client that has never been here starts: {@code -Dtries=100} for more, which are
 * counted over both servers.
 */
@Timeout(3600)
class KilledPartnerTest {

    private static final int TRIES = Integer.getInteger("tries", 10);

    /** Silence costs more, and is the same each time. */
    private static final int SILENT_TRIES = Math.max(2, TRIES / 10);

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces("busybox");

    private static PairNetwork network;

    @TempDir
    private Path folder = Path.of("");

    /** How clients are shared. */
    enum Sharing {
        BALANCED("mode: LoadBalance"),
        PRIMARY_ACTIVE("mode: HotStandby"),
        SECONDARY_ACTIVE("mode: HotStandby\n  activeServer: Secondary");

        final String fields;

        Sharing(String fields) {
            this.fields = fields;
        }
    }

    @BeforeAll
    static void network() throws Exception {
        network = new PairNetwork(NAMESPACES);
    }

    @AfterEach
    void plugIn() throws Exception {
        for (Side side : Side.values()) {
            network.plugIn(side);
        }
    }

    private PairSite site(Sharing sharing) throws IOException {
        return new PairSite(network, folder, sharing.fields + "\n  messageAuthentication: {secretRef: {name: shared}}");
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatStartsAsAServerIsKilledHasItsAddressWithinASecond(Sharing sharing) throws Exception {
        NewClient client = network.client(folder);
        List<Duration> waits = new ArrayList<>();
        try (PairSite site = site(sharing).normal()) {
            for (int i = 0; i < TRIES; i++) {
                Side killed = i % 2 == 0 ? Side.FIRST : Side.SECOND;
                client.change();
                site.kill(killed);
                NewClient.Got got = client.start();
                waits.add(got.after());
                assertThat(got.server()).isEqualTo(killed.other().address);
                site.start(killed);
                site.awaitStates("NORMAL", "NORMAL");
            }
        }
        System.out.println(sharing + ": after kill -9, a new client had its address after " + millis(waits) + " ms");
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) < 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"BALANCED", "PRIMARY_ACTIVE"})
    void aClientThatStartsAsAServerLosesItsPowerHasItsAddressWithinFourSeconds(Sharing sharing) throws Exception {
        NewClient client = network.client(folder);
        List<Duration> waits = new ArrayList<>();
        try (PairSite site = site(sharing).normal()) {
            for (int i = 0; i < SILENT_TRIES; i++) {
                Side lost = i % 2 == 0 ? Side.FIRST : Side.SECOND;
                client.change();
                network.cutOff(lost);
                waits.add(client.start().after());
                site.kill(lost);
                network.plugIn(lost);
                site.start(lost);
                site.awaitStates("NORMAL", "NORMAL");
            }
        }
        System.out.println(sharing + ": after silence, a new client had its address after " + millis(waits) + " ms");
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(4)) < 0);
    }

    @ParameterizedTest
    @EnumSource(names = "BALANCED")
    void aClientThatStartsAsAServerFreezesHasItsAddressWithinFourSeconds(Sharing sharing) throws Exception {
        NewClient client = network.client(folder);
        List<Duration> waits = new ArrayList<>();
        try (PairSite site = site(sharing).normal()) {
            for (int i = 0; i < SILENT_TRIES; i++) {
                Side frozen = i % 2 == 0 ? Side.FIRST : Side.SECOND;
                client.change();
                site.freeze(frozen);
                waits.add(client.start().after());
                site.thaw(frozen);
                site.awaitState(frozen.other(), "NORMAL");
                site.awaitStates("NORMAL", "NORMAL");
            }
        }
        System.out.println(
                sharing + ": beside a frozen server, a new client had its address after " + millis(waits) + " ms");
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(4)) < 0);
    }

    private static List<Long> millis(List<Duration> waits) {
        return waits.stream().map(Duration::toMillis).toList();
    }
}
