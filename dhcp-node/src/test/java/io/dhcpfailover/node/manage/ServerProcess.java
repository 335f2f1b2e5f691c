package io.dhcpfailover.node.manage;

import static org.awaitility.Awaitility.await;

import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The server as it is delivered: a process of its own, in the namespace of {@link Host#SERVER} where none is said. */
public final class ServerProcess implements AutoCloseable {

    /** Much more than it needs on a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts one, and does not wait for it; {@code options} are the JVM's. */
    static ServerProcess start(Namespaces namespaces, Manifests manifests, Path state, Path log, String... options)
            throws IOException {
        List<String> arguments = List.of(
                "--server",
                Manifests.SERVER,
                "--manifests",
                manifests.folder().toString(),
                "--state",
                state.toString());
        return run(namespaces, log, arguments, options);
    }

    /** Starts the program with any command line. */
    public static ServerProcess run(Namespaces namespaces, Path log, List<String> arguments, String... options)
            throws IOException {
        return run(namespaces, Host.SERVER, log, arguments, options);
    }

    /** Starts the program in a host. */
    public static ServerProcess run(
            Namespaces namespaces, Host host, Path log, List<String> arguments, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                // Tests have another one, which is silent.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.add(Main.class.getName());
        command.addAll(arguments);
        return new ServerProcess(namespaces.start(host, log, command.toArray(String[]::new)), log);
    }

    /** Waits until it serves. */
    public ServerProcess serving() {
        return said("Main: Serves");
    }

    /** Waits until its log has a text. */
    public ServerProcess said(String text) {
        await(text).atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
            if (!process.isAlive() && !log().contains(text)) {
                throw new IllegalStateException("the server has ended: " + log());
            }
            return log().contains(text);
        });
        return this;
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its process, for signals. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As kill -9 does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Tells it to end, by SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Its exit code, once it has ended. */
    public int exit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server does not end: " + log());
        }
        return process.exitValue();
    }

    /** All that a folder knows of addresses; for when no server has it. */
    public static List<Binding> leases(Path state) throws IOException {
        StateFolder folder = StateFolder.read(state, Instant.now());
        return IntStream.range(0, folder.table().size())
                .mapToObj(folder.table()::at)
                .toList();
    }

    @Override
    public void close() {
        kill();
    }
}
