package io.dhcpfailover.lab.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A DHCP client that runs on a host until it is closed, and what became of it. */
public final class LanClient implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final Lan lan;
    private final String host;
    private final ClientProgram program;
    private final Path folder;
    private final Process process;

    private LanClient(Lan lan, String host, ClientProgram program, Path folder, Process process) {
        this.lan = lan;
        this.host = host;
        this.program = program;
        this.folder = folder;
        this.process = process;
    }

    /** Starts a client on a host that has none. */
    public static LanClient start(Lan lan, String host, ClientProgram program)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(
                Files.createTempDirectory("client-" + host).resolve(program.name()));
        Path script = folder.resolve("client.sh");
        try (InputStream content = Objects.requireNonNull(LanClient.class.getResourceAsStream("client.sh"))) {
            Files.copy(content, script);
        }
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        lan.run(host, "ip", "address", "flush", "dev", lan.clientInterface());
        Process process = new ProcessBuilder(
                        lan.command(host, program.command(folder, lan.clientInterface(), script.toString())))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return new LanClient(lan, host, program, folder, process);
    }

    /** The host that it runs on. */
    public String host() {
        return host;
    }

    /** What it was told so far. */
    public List<ClientEvent> events() {
        Path events = folder.resolve("events");
        try {
            return Files.exists(events)
                    ? Files.readAllLines(events).stream()
                            .map(ClientEvent::parse)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first answer that it got after a time, which it gets within half a minute. */
    public ClientEvent awaitAnswer(Instant after) {
        return awaitAnswer(after, ANSWER_MAX);
    }

    /** The first answer that it got after a time, which it gets within so long from now. */
    public ClientEvent awaitAnswer(Instant after, Duration atMost) {
        return await(this + " is answered after " + after)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .failFast(this + " has ended:\n" + log(), () -> !process.isAlive())
                .until(
                        () -> events().stream()
                                .filter(event -> event.isAnswer() && event.at().isAfter(after))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** What it printed. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address that its interface has now. */
    public String address() throws IOException, InterruptedException {
        String[] words = lan.run(host, "ip", "-4", "-brief", "address", "show", "dev", lan.clientInterface())
                .strip()
                .split("[ /]+");
        assertThat(words).as(this + " has an address").hasSizeGreaterThan(2);
        return words[2];
    }

    @Override
    public String toString() {
        return program + " on " + host;
    }

    /** Ends it without a word to the server. */
    @Override
    public void close() {
        Ending.end(process);
    }
}
