package io.dhcpfailover.node.manage.pair;

import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** BusyBox' udhcpc on a machine that gets another hardware address each time: a client that was never here before. */
final class NewClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern BOUND = Pattern.compile("^bound ([0-9.]+) from ([0-9.]+)$", Pattern.MULTILINE);

    private final Namespaces namespaces;
    private final Host host;
    private final Path folder;
    private final Path script;
    private int count;

    /**
     * What it got.
     *
     * @param address its own
     * @param server who gave it
     * @param after it was started
     */
    record Got(String address, String server, Duration after) {}

    private NewClient(Namespaces namespaces, Host host, Path folder, Path script) {
        this.namespaces = namespaces;
        this.host = host;
        this.folder = folder;
        this.script = script;
    }

    static NewClient on(Namespaces namespaces, Host host, Path folder) throws IOException {
        Path script = folder.resolve("udhcpc-script");
        Files.writeString(script, "#!/bin/sh\n[ \"$1\" = bound ] && echo \"bound $ip from $serverid\"\nexit 0\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
        return new NewClient(namespaces, host, folder, script);
    }

    /** Becomes another machine. */
    void change() throws IOException {
        count++;
        namespaces.ip(
                host,
                "link set dev eth0 address 02:00:5e:%02x:%02x:%02x"
                        .formatted(folder.toString().hashCode() & 0xFF, count >> 8 & 0xFF, count & 0xFF));
    }

    /** Starts, and waits until it has an address. */
    Got start() throws IOException, InterruptedException {
        Path log = folder.resolve("client-" + System.nanoTime());
        long start = System.nanoTime();
        // A question each second, as often as it can ask.
        Process process = namespaces.start(
                host,
                log,
                "busybox",
                "udhcpc",
                "-f",
                "-q",
                "-n",
                "-i",
                "eth0",
                "-t",
                "20",
                "-T",
                "1",
                "-A",
                "1",
                "-s",
                script.toString());
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        Duration after = Duration.ofNanos(System.nanoTime() - start);
        String said = Files.readString(log);
        Matcher bound = BOUND.matcher(said);
        if (!bound.find()) {
            throw new AssertionError("a client got no address: " + said);
        }
        return new Got(bound.group(1), bound.group(2), after);
    }
}
