package io.dhcpfailover.lab.lan;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Nodes of a cluster, clients on a LAN with them, and a relay to a branch with clients of its own.
 *
 * <p>It is known by one program alone, whose commands are {@code describe}, which prints the properties that the
 * methods here read; {@code run HOST COMMAND...}; {@code lan NODE down|up}, which pulls the plug to the clients;
 * {@code api NODE down|up}, the one to the API server; and {@code node NODE stop|start}, which cuts its power. Hosts
 * and nodes have the names that the description gives.
 */
public final class Lan {

    private static final long COMMAND_SECONDS_MAX = 120;

    private final String program;
    private final Properties description = new Properties();

    /** The network that this program describes. */
    Lan(Path program) throws IOException, InterruptedException {
        this.program = program.toAbsolutePath().toString();
        description.load(new StringReader(act("describe")));
    }

    /** The nodes of the cluster that are on the LAN. */
    public List<String> nodes() {
        return list("nodes");
    }

    /** The interface of a node to the LAN. */
    public String nodeInterface() {
        return text("node.interface");
    }

    /** The address that a node has on the LAN. */
    public String address(String node) {
        return text(node + ".address");
    }

    /** The LAN, in CIDR. */
    public String subnet() {
        return text("subnet");
    }

    /** Addresses of the LAN that nobody has, as {@code FIRST-LAST}. */
    public String range() {
        return text("range");
    }

    /** Hosts on the LAN that have no address. */
    public List<String> clients() {
        return list("clients");
    }

    /** The interface of a client to its link. */
    public String clientInterface() {
        return text("client.interface");
    }

    /** The host between LAN and branch. */
    public String relay() {
        return text("relay");
    }

    /** The interface of the relay to the LAN. */
    public String relayUpstream() {
        return text("relay.upstream");
    }

    /** The interface of the relay to the branch. */
    public String relayDownstream() {
        return text("relay.downstream");
    }

    /** The link behind the relay, in CIDR. */
    public String branchSubnet() {
        return text("branch.subnet");
    }

    /** Addresses of the branch that nobody has, as {@code FIRST-LAST}. */
    public String branchRange() {
        return text("branch.range");
    }

    /** The relay's address there. */
    public String branchGateway() {
        return text("branch.gateway");
    }

    /** A host behind the relay that has no address. */
    public String branchClient() {
        return text("branch.client");
    }

    /** What starts a command on a host. */
    public List<String> command(String host, List<String> command) {
        List<String> whole = new ArrayList<>(List.of(program, "run", host));
        whole.addAll(command);
        return whole;
    }

    /** What a command on a host prints; fails where it does not end with 0. */
    public String run(String host, String... command) throws IOException, InterruptedException {
        return output(command(host, List.of(command)));
    }

    /** Whether the cable of a node to the clients is plugged in. */
    public void plugLan(String node, boolean in) throws IOException, InterruptedException {
        act("lan", node, in ? "up" : "down");
    }

    /** Whether the cable of a node to the API server is plugged in. */
    public void plugApi(String node, boolean in) throws IOException, InterruptedException {
        act("api", node, in ? "up" : "down");
    }

    /** Ends every process of a node at once, as when its power is cut. */
    public void cutPower(String node) throws IOException, InterruptedException {
        act("node", node, "stop");
    }

    /** Starts a node whose power was cut. */
    public void restorePower(String node) throws IOException, InterruptedException {
        act("node", node, "start");
    }

    private String act(String... command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of(program));
        whole.addAll(List.of(command));
        return output(whole);
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("lan", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        boolean ended = process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS);
        process.destroyForcibly();
        String output = Files.readString(printed);
        Files.delete(printed);
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + (ended ? "" : " (does not end)") + ":\n" + output);
        }
        return output;
    }

    private List<String> list(String property) {
        return List.of(text(property).split(" +"));
    }

    private String text(String property) {
        String value = description.getProperty(property);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(program + " describe: say " + property + "=");
        }
        return value.strip();
    }
}
