package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.manage.LoadClient.Lease;
import io.dhcpfailover.node.manage.LoadClient.Question;
import io.dhcpfailover.node.manage.LoadClients.Habits;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A flood behind one relay, and clients behind another, of a server with little memory. */
@Timeout(300)
class OverloadTest {

    private static final int CLIENTS = 200;
    private static final int PER_SECOND = 10_000;
    private static final int PACKETS = 10_000;
    private static final int LINES_MAX = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Habits HABITS = new Habits(500, 200, Duration.ofMillis(300), Duration.ofSeconds(2), 0, 0);
    private static final Ipv4Address BRANCH = Ipv4Address.parse("10.82.0.1");

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces();

    @TempDir
    private Path temporary = Path.of("");

    @ParameterizedTest
    @EnumSource
    void whoHasALeaseRenewsItWithOneRetryAtTheMost(LoadFlood.Kind kind) throws Exception {
        flood(kind, PER_SECOND, 2);
    }

    /**
     * More than the process can read, so that the kernel drops whatever comes while its buffer is full, renewals too:
     * they take some attempts, and there is half of a lease's time for them.
     */
    @Test
    void whoHasALeaseRenewsItInAFloodThatNobodyCanRead() throws Exception {
        flood(LoadFlood.Kind.NEW_CLIENTS, 0, 30);
    }

    private void flood(LoadFlood.Kind kind, int perSecond, int attempts) throws Exception {
        Manifests manifests = Manifests.in(temporary.resolve("manifests"));
        manifests.scope("branch", "10.82.0.0/22", "10.82.0.10", "10.82.3.250", "");
        manifests.scope("hall", "10.80.0.0/24", "10.80.0.20", "10.80.0.250", "");
        Path log = temporary.resolve("log");
        try (ServerProcess server = ServerProcess.start(
                                NAMESPACES, manifests, temporary.resolve("state"), log, "-Xmx128m")
                        .serving();
                LoadClients clients =
                        new LoadClients(NAMESPACES, "10.82.0.1", CLIENTS, HABITS, new SplittableRandom(1), 0)) {
            clients.resume();
            await().atMost(PATIENCE).until(() -> clients.held().size() == CLIENTS);
            clients.pause();
            try (LoadFlood flood = new LoadFlood(NAMESPACES, "10.80.0.2", kind, perSecond)) {
                for (int round = 0; round < 3; round++) {
                    long sent = flood.sent();
                    await().atMost(PATIENCE).until(() -> flood.sent() > sent + PACKETS);
                    everyoneRenews(clients, attempts, kind + ", round " + round);
                }
                System.out.println("flood of " + kind + ": " + flood.sent() + " packets, and of " + 3 * CLIENTS
                        + " renewals " + clients.unanswered() + " attempts without an answer");
            }
            untilTheRestIsWorkedOff(clients);
            newOnesAreAnswered(clients);
            assertThat(server.isAlive()).as(server.log()).isTrue();
            assertThat(server.log()).doesNotContain("OutOfMemoryError");
            assertThat(server.log().lines().count()).as(server.log()).isLessThan(LINES_MAX);
        }
    }

    private static void everyoneRenews(LoadClients clients, int attempts, String when) {
        List<LoadClient> asking = clients.held().stream().map(Lease::client).toList();
        long started = System.currentTimeMillis();
        for (int attempt = 0; attempt < attempts; attempt++) {
            clients.ask(
                    asking.stream()
                            .filter(client -> !client.hasRenewedSince(started))
                            .toList(),
                    Question.RENEW);
            await().atMost(PATIENCE).until(() -> clients.inFlight() == 0);
        }
        assertThat(asking.stream()
                        .filter(client -> !client.hasRenewedSince(started))
                        .count())
                .as(when)
                .isZero();
        assertThat(clients.mistakes()).isEmpty();
    }

    /** What the flood has left in queues is before whoever comes now, and may still crowd it out. */
    private static void untilTheRestIsWorkedOff(LoadClients clients) {
        AtomicInteger number = new AtomicInteger(3_000_000);
        await().atMost(PATIENCE).until(() -> {
            long acks = clients.acks();
            clients.ask(List.of(new LoadClient(number.getAndIncrement(), BRANCH)), Question.DISCOVER);
            await().atMost(PATIENCE).until(() -> clients.inFlight() == 0);
            return clients.acks() > acks;
        });
    }

    private static void newOnesAreAnswered(LoadClients clients) {
        List<LoadClient> others = IntStream.range(2_000_000, 2_000_100)
                .mapToObj(number -> new LoadClient(number, BRANCH))
                .toList();
        long acks = clients.acks();
        clients.ask(others, Question.DISCOVER);
        await().atMost(PATIENCE).until(() -> clients.inFlight() == 0);
        assertThat(clients.acks()).isEqualTo(acks + others.size());
        assertThat(clients.mistakes()).isEmpty();
    }
}
