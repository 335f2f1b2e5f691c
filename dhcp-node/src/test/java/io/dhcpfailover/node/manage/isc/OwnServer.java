package io.dhcpfailover.node.manage.isc;

import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.manage.ServerProcess;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server of this project, as a process with manifests. */
final class OwnServer implements FailoverServer {

    private static final Pattern STATE = Pattern.compile("relationship pair: [A-Z-]+ -> ([A-Z-]+)");

    private final Lan lan;
    private final Seat seat;
    private final Plan plan;
    private final Path folder;
    private @Nullable ServerProcess process;
    private int lives;

    /** One that does not run yet. */
    OwnServer(Lan lan, Seat seat, Plan plan, Path folder) throws IOException {
        this.lan = lan;
        this.seat = seat;
        this.plan = plan;
        this.folder = folder;
        Files.createDirectories(folder.resolve("manifests"));
        partnerIs(true);
    }

    /** Says in its manifests whether its partner is ISC dhcpd, or is of this project as well. */
    void partnerIs(boolean isc) throws IOException {
        Path hidden = folder.resolve("manifests/.all");
        Files.writeString(hidden, plan.manifests(seat, isc));
        Files.move(hidden, folder.resolve("manifests/all.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public Seat seat() {
        return seat;
    }

    @Override
    public void start() throws IOException {
        lives++;
        process = ServerProcess.run(
                        lan.namespaces,
                        lan.host(seat),
                        folder.resolve("log-" + lives),
                        List.of(
                                "--server",
                                seat.server,
                                "--manifests",
                                folder.resolve("manifests").toString(),
                                "--state",
                                store().toString()),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m")
                .serving();
    }

    /** Tells it, as an administrator does, that its partner is down. */
    void partnerDown() throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        ServerProcess command = ServerProcess.run(
                lan.namespaces,
                lan.host(seat),
                said,
                List.of("partner-down", "--state", store().toString(), "--relationship", Plan.RELATIONSHIP));
        if (command.exit() != 0) {
            throw new IOException(Files.readString(said));
        }
    }

    Path store() {
        return folder.resolve("state");
    }

    private ServerProcess running() {
        return Objects.requireNonNull(process);
    }

    /** Waits until its log has a text. */
    void awaitSaid(String text) {
        ServerProcess _ = running().said(text);
    }

    @Override
    public String log() {
        return running().log();
    }

    @Override
    public @Nullable String state() {
        Matcher matcher = STATE.matcher(log());
        String last = null;
        while (matcher.find()) {
            last = matcher.group(1);
        }
        return last;
    }

    @Override
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public void kill() {
        running().kill();
    }

    @Override
    public void stop() throws IOException, InterruptedException {
        running().terminate();
        int code = running().exit();
        if (code != 0) {
            throw new IOException("the server ended by " + code + ": " + log());
        }
    }

    @Override
    public void loseDisk() throws IOException {
        try (Stream<Path> files = Files.walk(store())) {
            for (Path file : files.sorted(Comparator.reverseOrder())
                    .filter(each -> !each.equals(store()))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public List<KeptLease> leases() throws IOException {
        // While it runs, the folder is its own.
        Path copy = Files.createTempDirectory(folder, "copy");
        try (Stream<Path> files = Files.list(store())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return ServerProcess.leases(copy).stream().map(OwnServer::kept).toList();
    }

    private static KeptLease kept(Binding binding) {
        HardwareAddress hardware = binding.hardware();
        return KeptLease.of(
                binding.address().toString(),
                binding.state().name(),
                hardware == null ? null : HexFormat.ofDelimiter(":").formatHex(hardware.octets()));
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
