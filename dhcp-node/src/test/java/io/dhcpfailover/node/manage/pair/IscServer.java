package io.dhcpfailover.node.manage.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.node.manage.pair.PairNetwork.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** ISC dhcpd as one server of a pair, with the same two scopes as ours have. */
final class IscServer implements AutoCloseable {

    private static final Pattern STATE = Pattern.compile("failover peer pair: I move from \\S+ to (\\S+)");

    private final PairNetwork network;
    private final Side side;
    private final Path folder;
    private final boolean primary;
    private final int split;
    private @Nullable Process process;
    private @Nullable Path log;
    private int lives;

    /**
     * Not running yet.
     *
     * @param split buckets of the primary, 0 to 256; ISC dhcpd's own setting where it is the primary
     */
    IscServer(PairNetwork network, Side side, Path folder, boolean primary, int split) throws IOException {
        this.network = network;
        this.side = side;
        this.folder = Files.createDirectories(folder);
        this.primary = primary;
        this.split = split;
        wipe();
    }

    /** What its disk held is gone. */
    void wipe() throws IOException {
        Files.writeString(leases(), "");
    }

    Path leases() {
        return folder.resolve("leases");
    }

    private String configuration() {
        return """
                failover peer "pair" {
                  %s;
                  address %s; port 647;
                  peer address %s; peer port 647;
                  max-response-delay 12; max-unacked-updates 10;
                  %s load balance max seconds 3;
                  min-balance 5; max-balance 10;
                }
                authoritative; ddns-update-style none; ping-check false; omapi-port 7911;
                default-lease-time 600; max-lease-time 600; min-lease-time 5;
                subnet 10.80.0.0 netmask 255.255.240.0 {
                  pool { failover peer "pair"; range 10.80.2.0 10.80.2.199; }
                }
                subnet 10.82.0.0 netmask 255.255.240.0 {
                  pool { failover peer "pair"; range 10.82.2.0 10.82.2.199; }
                }
                """.formatted(
                        primary ? "primary" : "secondary",
                        side.linkAddress,
                        side.other().linkAddress,
                        primary ? "mclt 10; split " + split + ";" : "");
    }

    /** The same two scopes, for our server. */
    static String scopes() {
        return scope("hall", "10.80.0.0/20", "10.80.2") + "---\n" + scope("branch", "10.82.0.0/20", "10.82.2");
    }

    private static String scope(String name, String subnet, String prefix) {
        return """
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpScope
                metadata: {name: %s}
                spec:
                  subnet: %s
                  ranges: [{start: %s.0, end: %s.199}]
                  leaseDuration: 10m
                  failoverRelationship: pair
                """.formatted(name, subnet, prefix, prefix);
    }

    IscServer start() throws IOException {
        Path configuration = folder.resolve("dhcpd.conf");
        Files.writeString(configuration, configuration());
        Path pid = folder.resolve("pid");
        Files.deleteIfExists(pid);
        log = folder.resolve("log-" + ++lives);
        process = network.namespaces.start(
                network.host(side),
                log,
                "dhcpd",
                "-4",
                "-f",
                "-d",
                "-cf",
                configuration.toString(),
                "-lf",
                leases().toString(),
                "-pf",
                pid.toString(),
                side.lan);
        return this;
    }

    String log() {
        try {
            return log == null ? "" : Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nullable String state() {
        if (process == null || !process.isAlive()) {
            throw new AssertionError("ISC dhcpd has ended: " + log());
        }
        Matcher matcher = STATE.matcher(log());
        String last = null;
        while (matcher.find()) {
            last = matcher.group(1);
        }
        return last;
    }

    void awaitState(String state) {
        await("ISC dhcpd in " + state)
                .atMost(PairSite.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(state()).as(this::log).isEqualTo(state));
    }

    /** Tells it that its partner is down. */
    void partnerDown() throws IOException {
        network.namespaces.exec(
                network.host(side),
                "sh",
                "-c",
                "printf '%s\\n' 'server 127.0.0.1' 'port 7911' connect 'new failover-state' 'set name = \"pair\"' open"
                        + " 'set local-state = 4' update | omshell");
    }

    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
