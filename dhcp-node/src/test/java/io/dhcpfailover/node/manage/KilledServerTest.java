package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.manage.LoadClient.Lease;
import io.dhcpfailover.node.manage.LoadClient.Question;
import io.dhcpfailover.node.manage.LoadClients.Habits;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The server on a real disk, killed under load again and again: {@code -Dkills=200} for more, {@code -Dseed=} for others. */
@Timeout(1800)
class KilledServerTest {

    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final int CLIENTS = 1500;
    private static final int ASKED_AGAIN = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces();

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void noLeaseThatAClientWasToldOfIsLost() throws Exception {
        Manifests manifests = Manifests.in(temporary.resolve("manifests"));
        // The shortest leases there are, and hardly more addresses than clients: they go from hand to hand.
        manifests.scope("branch", "10.82.0.0/20", "10.82.8.0", "10.82.14.139", ", leaseDuration: 1m");
        long seed = Long.getLong("seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        Habits habits = new Habits(1500, 500, Duration.ofMillis(600), Duration.ofSeconds(1), 12, 15);
        long promised = 0;
        try (LoadClients clients = new LoadClients(NAMESPACES, "10.82.0.1", CLIENTS, habits, random.split(), 0)) {
            for (int kill = 0; kill < KILLS; kill++) {
                String life = "seed " + seed + ", kill " + kill;
                try (ServerProcess server = start(manifests, kill)) {
                    if (random.nextInt(5) == 0) {
                        server.said("Recovered");
                    } else {
                        server.serving();
                        everyoneKeepsTheAddress(clients, random, life);
                        clients.resume();
                        long acks = clients.acks() + random.nextInt(1, 900);
                        await(life)
                                .atMost(PATIENCE)
                                .pollInterval(Duration.ofMillis(1))
                                .until(() -> clients.acks() >= acks);
                    }
                    server.kill();
                }
                clients.pause();
                List<Lease> held = clients.held();
                promised += held.size();
                allAreThere(held, life);
                assertThat(clients.mistakes()).as(life).isEmpty();
            }
            System.out.println(KILLS + " kills: " + clients.acks() + " ACKs, " + promised
                    + " leases looked for after a kill, none lost or given twice");
        }
    }

    private ServerProcess start(Manifests manifests, int life) throws Exception {
        return ServerProcess.start(
                NAMESPACES,
                manifests,
                temporary.resolve("state"),
                temporary.resolve("log-" + life),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC");
    }

    private void allAreThere(List<Lease> promised, String life) throws Exception {
        StateFolder folder = StateFolder.read(temporary.resolve("state"), Instant.now());
        for (Lease lease : promised) {
            Binding binding = folder.table().find(lease.address());
            assertThat(binding).as("%s: %s", life, lease).isNotNull();
            assertThat(binding.isActiveFor(lease.client().identity()))
                    .as("%s: %s of %s", life, binding, lease.client())
                    .isTrue();
            assertThat((binding.end() + 1) * 1000)
                    .as("%s: %s", life, lease.client())
                    .isGreaterThanOrEqualTo(lease.end());
        }
    }

    /** A sample of clients restarts, or renews, and each gets its own address. */
    private static void everyoneKeepsTheAddress(LoadClients clients, SplittableRandom random, String life) {
        List<LoadClient> sample = clients.held().stream()
                .map(Lease::client)
                .skip(random.nextInt(1 + Math.max(0, clients.held().size() - ASKED_AGAIN)))
                .limit(ASKED_AGAIN)
                .toList();
        long unanswered = clients.unanswered();
        long acks = clients.acks();
        clients.ask(sample, random.nextBoolean() ? Question.REBOOT : Question.RENEW);
        await(life).atMost(PATIENCE).until(() -> clients.inFlight() == 0);
        assertThat(clients.mistakes()).as(life).isEmpty();
        assertThat(clients.unanswered()).as(life).isEqualTo(unanswered);
        assertThat(clients.acks()).as(life).isEqualTo(acks + sample.size());
    }
}
