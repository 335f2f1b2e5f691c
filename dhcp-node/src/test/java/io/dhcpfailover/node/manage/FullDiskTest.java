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
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real disk that is really full. */
@Timeout(300)
class FullDiskTest {

    private static final int CLIENTS = 60;
    private static final String FULL = "Leases cannot be stored";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Habits HABITS = new Habits(400, 100, Duration.ofMillis(300), Duration.ofSeconds(2), 0, 20);

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces("mkfs.ext4", "unshare");

    @RegisterExtension
    private static final SmallDisk DISK = new SmallDisk();

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void promisesNothingWhileItIsFullAndGoesOnByItself() throws Exception {
        Manifests manifests = Manifests.in(temporary.resolve("manifests"));
        manifests.scope("branch", "10.82.0.0/24", "10.82.0.10", "10.82.0.250", "");
        try (LoadClients clients =
                new LoadClients(NAMESPACES, "10.82.0.1", CLIENTS, HABITS, new SplittableRandom(1), 0)) {
            try (ServerProcess server = start(manifests, "first").serving()) {
                clients.resume();
                await().atMost(PATIENCE).until(() -> clients.held().size() == CLIENTS);

                fill(server, clients);
                nothingIsPromised(clients);
                DISK.empty();
                server.said("Leases are stored again");
                allRenew(clients);
                assertThat(server.log().split(FULL, -1)).as(server.log()).hasSize(2);

                clients.resume();
                DISK.fill();
                await().atMost(PATIENCE).until(() -> server.log().split(FULL, -1).length == 3);
                server.kill();
                clients.pause();
            }
            StateFolder left = StateFolder.read(DISK.state(), Instant.now());
            for (Lease lease : clients.held()) {
                assertThat(left.table().find(lease.address()))
                        .as("%s", lease)
                        .matches(found -> found.isActiveFor(lease.client().identity())
                                && (found.end() + 1) * 1000 >= lease.end());
            }
            // It starts on a disk that is full, too.
            try (ServerProcess server = start(manifests, "second").serving()) {
                fill(server, clients);
                nothingIsPromised(clients);
                DISK.empty();
                server.said("Leases are stored again");
                allRenew(clients);
            }
        }
    }

    private ServerProcess start(Manifests manifests, String name) throws Exception {
        return ServerProcess.start(NAMESPACES, manifests, DISK.state(), temporary.resolve(name));
    }

    private static void fill(ServerProcess server, LoadClients clients) throws Exception {
        DISK.fill();
        clients.resume();
        server.said(FULL);
        clients.pause();
    }

    private static void nothingIsPromised(LoadClients clients) {
        List<LoadClient> known = clients.held().stream().map(Lease::client).toList();
        List<LoadClient> others = IntStream.range(1000, 1010)
                .mapToObj(number -> new LoadClient(number, Ipv4Address.parse("10.82.0.1")))
                .toList();
        long acks = clients.acks();
        long answered = clients.answered();
        long unanswered = clients.unanswered();
        clients.ask(known, Question.RENEW);
        clients.ask(others, Question.DISCOVER);
        await().atMost(PATIENCE).until(() -> clients.inFlight() == 0);

        assertThat(clients.acks()).isEqualTo(acks);
        assertThat(clients.mistakes()).as("refusals").isEmpty();
        assertThat(clients.answered()).as("offers").isEqualTo(answered + others.size());
        assertThat(clients.unanswered()).isEqualTo(unanswered + known.size() + others.size());
        clients.forget(others);
    }

    private static void allRenew(LoadClients clients) {
        List<LoadClient> known = clients.held().stream().map(Lease::client).toList();
        long acks = clients.acks();
        clients.ask(known, Question.RENEW);
        await().atMost(PATIENCE).until(() -> clients.inFlight() == 0);
        assertThat(clients.acks()).isEqualTo(acks + known.size());
        assertThat(clients.mistakes()).isEmpty();
    }
}
