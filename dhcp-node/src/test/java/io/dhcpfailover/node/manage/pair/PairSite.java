package io.dhcpfailover.node.manage.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.node.manage.ServerProcess;
import io.dhcpfailover.node.manage.pair.PairNetwork.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A pair of servers from one folder of manifests each, and what they say of their relationship. */
final class PairSite implements AutoCloseable {

    /** Much more than it takes on a machine that does much else. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    static final String RELATIONSHIP = "pair";

    private static final Pattern STATE = Pattern.compile("relationship pair: [A-Z-]+ -> ([A-Z-]+)");

    private final PairNetwork network;
    private final Path folder;
    private final Map<Side, ServerProcess> running = new EnumMap<>(Side.class);
    private final Map<Side, Integer> lives = new EnumMap<>(Side.class);

    /**
     * With manifests, and no process yet.
     *
     * @param more fields of the relationship's spec
     */
    PairSite(PairNetwork network, Path folder, String more) throws IOException {
        this.network = network;
        this.folder = folder;
        for (Side side : Side.values()) {
            Files.createDirectories(manifests(side));
        }
        relationship(more);
        write("scopes", """
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpScope
                metadata: {name: hall}
                spec:
                  subnet: 10.80.0.0/20
                  ranges: [{start: 10.80.2.0, end: 10.80.15.250}]
                  leaseDuration: 10m
                  failoverRelationship: pair
                ---
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpScope
                metadata: {name: branch}
                spec:
                  subnet: 10.82.0.0/20
                  ranges: [{start: 10.82.1.0, end: 10.82.15.250}]
                  leaseDuration: 10m
                  failoverRelationship: pair
                """);
        for (Side side : Side.values()) {
            server(
                    side,
                    "nodeName: node-" + side.server + ", interfaces: [" + side.lan + "], serverAddress: " + side.address
                            + ", failoverAddress: " + side.linkAddress);
        }
        write("secret", """
                apiVersion: v1
                kind: Secret
                metadata: {name: shared}
                stringData: {current: correct horse battery staple}
                """);
    }

    /** The relationship has these fields from now on, on both servers. */
    void relationship(String more) throws IOException {
        write("relationship", relationshipManifest(more));
    }

    static String relationshipManifest(String more) {
        return """
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpFailoverRelationship
                metadata: {name: pair, annotations: {dhcpfailover.io/lab: "true"}}
                spec:
                  primaryServer: dhcp1
                  secondaryServer: dhcp2
                  maxClientLeadTime: 10s
                  %s
                """.formatted(more.isEmpty() ? "messageAuthentication: {secretRef: {name: shared}}" : more);
    }

    void server(Side side, String spec) throws IOException {
        for (Side reader : Side.values()) {
            server(reader, side, spec);
        }
    }

    /** One server has this spec of a server from now on. */
    void server(Side reader, Side side, String spec) throws IOException {
        write(reader, side.server, """
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpServer
                metadata: {name: %s}
                spec: {%s}
                """.formatted(side.server, spec));
    }

    /** Writes a manifest for both servers. */
    void write(String name, String text) throws IOException {
        for (Side side : Side.values()) {
            write(side, name, text);
        }
    }

    void write(Side side, String name, String text) throws IOException {
        Path hidden = manifests(side).resolve("." + name);
        Files.writeString(hidden, text);
        Files.move(hidden, manifests(side).resolve(name + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path manifests(Side side) {
        return folder.resolve("manifests-" + side.server);
    }

    Path state(Side side) {
        return folder.resolve("state-" + side.server);
    }

    /** Starts a server, and does not wait. */
    ServerProcess start(Side side) throws IOException {
        ServerProcess process = ServerProcess.run(
                network.namespaces,
                network.host(side),
                folder.resolve("log-" + side.server + "-" + lives.merge(side, 1, Integer::sum)),
                List.of(
                        "--server",
                        side.server,
                        "--manifests",
                        manifests(side).toString(),
                        "--state",
                        state(side).toString()),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m");
        running.put(side, process);
        return process;
    }

    ServerProcess server(Side side) {
        return Objects.requireNonNull(running.get(side));
    }

    /** Starts both, and waits until they are in NORMAL. */
    PairSite normal() throws IOException {
        try {
            for (Side side : Side.values()) {
                start(side);
            }
            awaitStates("NORMAL", "NORMAL");
            return this;
        } catch (IOException | RuntimeException | AssertionError e) {
            // Its ports would be in the way of all that follow.
            close();
            throw e;
        }
    }

    /** Waits until both servers are in these states. */
    void awaitStates(String first, String second) {
        await(first + " and " + second)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(
                                List.of(String.valueOf(stateOf(Side.FIRST)), String.valueOf(stateOf(Side.SECOND))))
                        .as(this::logs)
                        .containsExactly(first, second));
    }

    void awaitState(Side side, String state) {
        await(side + " in " + state)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(stateOf(side)).as(this::logs).isEqualTo(state));
    }

    /** The state that a server says it is in; null where it has said none. */
    @Nullable String stateOf(Side side) {
        ServerProcess process = server(side);
        if (!process.isAlive()) {
            throw new AssertionError(side + " has ended: " + process.log());
        }
        Matcher matcher = STATE.matcher(process.log());
        String last = null;
        while (matcher.find()) {
            last = matcher.group(1);
        }
        return last;
    }

    void kill(Side side) {
        server(side).kill();
    }

    /** Has it frozen, as a machine that swaps or a paused virtual one. */
    void freeze(Side side) throws IOException {
        signal(side, "STOP");
    }

    void thaw(Side side) throws IOException {
        signal(side, "CONT");
    }

    private void signal(Side side, String signal) throws IOException {
        network.namespaces.exec(
                network.host(side),
                "kill",
                "-" + signal,
                Long.toString(server(side).pid()));
    }

    /** Tells a server by the command line that its partner is down; the command's exit status. */
    int partnerDown(Side side) throws IOException, InterruptedException {
        return ServerProcess.run(
                        network.namespaces,
                        network.host(side),
                        folder.resolve("partner-down"),
                        List.of("partner-down", "--state", state(side).toString(), "--relationship", RELATIONSHIP))
                .exit();
    }

    void close(Side side) {
        ServerProcess process = running.remove(side);
        if (process != null) {
            process.close();
        }
    }

    /** What both said, for a failure. */
    String logs() {
        StringBuilder logs = new StringBuilder();
        running.forEach(
                (side, process) -> logs.append("== ").append(side).append('\n').append(process.log()));
        return logs.toString();
    }

    @Override
    public void close() {
        Arrays.stream(Side.values()).forEach(this::close);
    }
}
