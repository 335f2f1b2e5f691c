package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.node.manage.LoadClient.Lease;
import io.dhcpfailover.node.manage.LoadClients.Habits;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How the process ends, when it is told to and when it cannot serve. */
@Timeout(300)
class EndOfProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces();

    @TempDir
    private Path temporary = Path.of("");

    private Manifests manifests = new Manifests(Path.of(""));

    @BeforeEach
    void manifests() throws Exception {
        manifests = Manifests.in(temporary.resolve("manifests"));
        manifests.scope("branch", "10.82.0.0/20", "10.82.1.0", "10.82.9.0", "");
    }

    @Test
    void endsInOrderWhenItIsToldTo() throws Exception {
        Habits habits = new Habits(1000, 300, Duration.ofMillis(300), Duration.ofSeconds(5), 0, 20);
        try (ServerProcess server = start("log").serving();
                LoadClients clients =
                        new LoadClients(NAMESPACES, "10.82.0.1", 500, habits, new SplittableRandom(1), 0)) {
            clients.resume();
            await().atMost(PATIENCE).until(() -> clients.acks() > 1000);

            long told = System.nanoTime();
            server.terminate();
            assertThat(server.exit()).as(server.log()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(10));

            clients.pause();
            StateFolder folder = StateFolder.read(temporary.resolve("state"), Instant.now());
            assertThat(folder.content().cut()).isNull();
            assertThat(clients.held()).isNotEmpty();
            for (Lease lease : clients.held()) {
                assertThat(folder.table().find(lease.address()))
                        .as("%s", lease)
                        .matches(binding -> binding.isActiveFor(lease.client().identity()));
            }
            assertThat(server.log()).contains("Main: Ended");
        }
    }

    @Test
    void aSecondProcessOfTheSameFolderIsRefused() throws Exception {
        try (ServerProcess _ = start("log").serving();
                ServerProcess second = start("second")) {
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.log()).contains("The server cannot start").contains("belongs to another process");
            try (ServerProcess check = run("check", "--state", state())) {
                assertThat(check.exit()).isEqualTo(1);
                assertThat(check.log()).contains("belongs to another process");
            }
            // Leases are asked of the server that runs, which has the folder for itself.
            try (ServerProcess leases = run("leases", "--state", state())) {
                assertThat(leases.exit()).isEqualTo(0);
                assertThat(leases.log()).contains("ADDRESS", "STATE", "HOST NAME");
            }
        }
    }

    @Test
    void aBrokenManifestIsNamed() throws Exception {
        manifests.scope("branch", "10.82.0.0/20", "10.83.0.1", "10.83.0.9", "");

        try (ServerProcess server = start("log")) {
            assertThat(server.exit()).isEqualTo(1);
            assertThat(server.log())
                    .contains("The server cannot start", "branch", "ranges must lie inside the subnet")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void aServerThatNoManifestHasIsNamed() throws Exception {
        try (ServerProcess server =
                run("--server", "dhcp9", "--manifests", manifests.folder().toString(), "--state", state())) {
            assertThat(server.exit()).isEqualTo(1);
            assertThat(server.log()).contains("there is no DhcpServer dhcp9", "dhcp1");
        }
    }

    @Test
    void aWrongCommandLineSaysWhatIsRight() throws Exception {
        try (ServerProcess server = run("--server", "dhcp1")) {
            assertThat(server.exit()).isEqualTo(2);
            assertThat(server.log()).contains("give --server, and --state", "Usage: dhcp-node");
        }
        try (ServerProcess server = run("--sever", "dhcp1")) {
            assertThat(server.exit()).isEqualTo(2);
            assertThat(server.log()).contains("--sever");
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");

        try (ServerProcess server = run(
                "--server",
                "dhcp1",
                "--manifests",
                manifests.folder().toString(),
                "--state",
                file.resolve("state").toString())) {
            assertThat(server.exit()).isEqualTo(1);
            assertThat(server.log()).contains("The server cannot start: " + file + " exists and is no folder");
        }
    }

    private String state() {
        return temporary.resolve("state").toString();
    }

    private ServerProcess start(String log) throws Exception {
        return ServerProcess.start(NAMESPACES, manifests, temporary.resolve("state"), temporary.resolve(log));
    }

    private ServerProcess run(String... arguments) throws Exception {
        return ServerProcess.run(NAMESPACES, temporary.resolve("run"), List.of(arguments));
    }
}
