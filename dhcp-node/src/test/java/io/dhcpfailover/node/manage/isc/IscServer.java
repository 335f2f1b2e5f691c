package io.dhcpfailover.node.manage.isc;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Debian's dhcpd, in the foreground, with all of its files in a folder. */
final class IscServer implements FailoverServer {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern STATE = Pattern.compile("failover peer pair: I move from [a-z-]+ to ([a-z-]+)");
    private static final Pattern LEASE = Pattern.compile("(?m)^lease ([0-9.]+) \\{\n((?:  .*\n)*)\\}");
    private static final Pattern BINDING = Pattern.compile("(?m)^  binding state ([a-z]+);");
    private static final Pattern HARDWARE = Pattern.compile("(?m)^  hardware ethernet ([0-9a-f:]+);");

    /** What it writes where a partner does what it does not stand. */
    private static final List<String> COMPLAINTS = List.of(
            "fatal", "abort", "duplicate option", "FAILOVER: ", "unexpected", "invalid state transition", "Unknown");

    private final Lan lan;
    private final Seat seat;
    private final Path folder;
    private @Nullable Process process;
    private int lives;

    /** One that does not run yet. */
    IscServer(Lan lan, Seat seat, Plan plan, Path folder) throws IOException {
        this.lan = lan;
        this.seat = seat;
        this.folder = Files.createDirectories(folder);
        Files.writeString(folder.resolve("dhcpd.conf"), plan.dhcpd(seat));
        Files.writeString(file(), "");
    }

    @Override
    public Seat seat() {
        return seat;
    }

    @Override
    public void start() throws IOException {
        lives++;
        Files.deleteIfExists(folder.resolve("dhcpd.pid"));
        process = lan.namespaces.start(
                lan.host(seat),
                logFile(),
                "dhcpd",
                "-4",
                "-f",
                "-d",
                "-cf",
                folder.resolve("dhcpd.conf").toString(),
                "-lf",
                file().toString(),
                "-pf",
                folder.resolve("dhcpd.pid").toString(),
                seat.lan);
        await("dhcpd").atMost(PATIENCE).until(() -> {
            if (!isAlive()) {
                throw new IOException("dhcpd has ended: " + log());
            }
            return log().contains("Sending on   Socket");
        });
    }

    private Path file() {
        return folder.resolve("dhcpd.leases");
    }

    private Path logFile() {
        return folder.resolve("log-" + lives);
    }

    @Override
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of its log that no partner should be the cause of. */
    List<String> complaints() {
        return log().lines()
                .filter(line -> COMPLAINTS.stream().anyMatch(line::contains))
                .toList();
    }

    @Override
    public @Nullable String state() {
        Matcher matcher = STATE.matcher(log());
        String last = null;
        while (matcher.find()) {
            last = matcher.group(1).toUpperCase(Locale.ROOT);
        }
        return last;
    }

    /**
     * Tells it, as its administrators do, which state it is in from now on; it checks nothing.
     *
     * @param state as its header {@code failover.h} numbers them: 4 PARTNER-DOWN, 6 RECOVER, 8 SHUTDOWN
     */
    void tellState(int state) throws IOException {
        String said = lan.namespaces.exec(
                lan.host(seat),
                "sh",
                "-c",
                "printf '%s\\n' 'server 127.0.0.1' 'port 7911' connect 'new failover-state' 'set name = \""
                        + Plan.RELATIONSHIP + "\"' open 'set local-state = " + state + "' update | omshell 2>&1");
        if (!said.contains("local-state = " + state)) {
            throw new IOException("omshell: " + said);
        }
    }

    @Override
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public void kill() {
        Objects.requireNonNull(process).destroyForcibly().onExit().join();
    }

    @Override
    public void stop() throws IOException, InterruptedException {
        Process running = Objects.requireNonNull(process);
        running.destroy();
        if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("dhcpd does not end: " + log());
        }
    }

    @Override
    public void loseDisk() throws IOException {
        Files.writeString(file(), "");
        Files.deleteIfExists(folder.resolve("dhcpd.leases~"));
    }

    /** Each address as the last that was written of it says. */
    @Override
    public List<KeptLease> leases() throws IOException {
        Map<String, KeptLease> leases = new LinkedHashMap<>();
        Matcher matcher = LEASE.matcher(Files.readString(file()));
        while (matcher.find()) {
            String address = matcher.group(1);
            String state = first(BINDING, matcher.group(2));
            leases.put(
                    address, KeptLease.of(address, state == null ? "none" : state, first(HARDWARE, matcher.group(2))));
        }
        return new ArrayList<>(leases.values());
    }

    private static @Nullable String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
    }
}
