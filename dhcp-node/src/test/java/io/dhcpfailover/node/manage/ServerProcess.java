package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The real server: what a person starts, in a namespace, with a folder of manifests and one of leases. */
public final class ServerProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path state;
    private final Path log;

    private ServerProcess(Process process, Path state, Path log) {
        this.process = process;
        this.state = state;
        this.log = log;
    }

    /**
     * Starts one and waits until it serves.
     *
     * @param name of its DhcpServer
     * @param manifests the folder of those
     * @param state the folder of leases
     * @param log is written anew
     */
    public static ServerProcess start(
            Namespaces namespaces, Host host, String name, Path manifests, Path state, Path log) throws IOException {
        Process process = namespaces.start(
                host,
                log,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                // Not that of the tests, in which nothing is said.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--server",
                name,
                "--manifests",
                manifests.toString(),
                "--state",
                state.toString());
        ServerProcess server = new ServerProcess(process, state, log);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.log()).containsPattern("Main: Serves\n"));
        return server;
    }

    /** What it has said so far. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Tells it to end, and waits until it has. */
    public void stop() throws InterruptedException {
        process.destroy();
        waitForEnd();
    }

    /** Ends it at once, as when the machine stops. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        waitForEnd();
    }

    private void waitForEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("the server has ended")
                .isTrue();
    }

    /** All that its folder knows of addresses; for when it does not run. */
    public List<Binding> leases() throws IOException {
        StateFolder folder = StateFolder.read(state, Instant.now());
        return IntStream.range(0, folder.table().size())
                .mapToObj(folder.table()::at)
                .toList();
    }
}
