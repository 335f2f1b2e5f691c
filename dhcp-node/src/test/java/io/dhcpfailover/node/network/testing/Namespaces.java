package io.dhcpfailover.node.network.testing;

import io.dhcpfailover.api.testing.Requirement;
import io.dhcpfailover.api.value.MacAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The network of a site in network namespaces of Linux, for the tests of one class: a server with two LANs, a client
 * on each, and a relay with a client behind it; the {@link Host}s say what has which address. More clients can be
 * added. Register it in a static
 * field. It needs root and iproute2, without which the class is skipped, or fails where {@code CI=true}.
 *
 * <p>Everything that was started ends with the class; namespaces that a killed JVM left behind, with the next class.
 */
public final class Namespaces implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

    /** Of names: the process that made it, and which of its networks it is. */
    private static final Pattern NAME = Pattern.compile("df([0-9]+)-[0-9]+-[a-z0-9]+");

    private static final Path FOLDER = Path.of("/run/netns");

    /** Files that hide those of /etc from the programs in a namespace (ip-netns(8)). */
    private static final Path CONFIGURATION = Path.of("/etc/netns");

    private static final long COMMAND_SECONDS = 60;
    private static final AtomicInteger NETWORKS = new AtomicInteger();

    private final String prefix = "df" + ProcessHandle.current().pid() + "-" + NETWORKS.incrementAndGet() + "-";
    private final List<String> programs;
    private final List<Host> hosts = new CopyOnWriteArrayList<>();
    private final List<Process> started = new CopyOnWriteArrayList<>();
    private final Thread atExit = new Thread(this::remove);

    /** One for a test that runs these programs as well. */
    public Namespaces(String... programs) {
        this.programs = List.of(programs);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String test = context.getRequiredTestClass().getSimpleName();
        for (String program : programs) {
            if (Arrays.stream(System.getenv("PATH").split(":", -1))
                    .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
                return Requirement.missing(test, "it runs " + program + ", which is not installed");
            }
        }
        try {
            String name = prefix + "trial";
            run(List.of("ip", "netns", "add", name), "");
            run(List.of("ip", "netns", "delete", name), "");
            return ConditionEvaluationResult.enabled("namespaces can be made");
        } catch (IOException e) {
            return Requirement.missing(
                    test, "it makes network namespaces, as root and with iproute2: " + e.getMessage());
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        removeLeftovers();
        Runtime.getRuntime().addShutdownHook(atExit);
        for (Host host : Host.ALWAYS) {
            add(host);
        }
        for (String bridge : List.of("lan0", "lan1", "branch")) {
            ip(
                    Host.SWITCH,
                    "link add " + bridge + " type bridge forward_delay 0 mcast_snooping 0",
                    "link set " + bridge + " up");
        }
        plug(Host.SERVER, "lan0", "lan0");
        plug(Host.SERVER, "lan1", "lan1");
        plug(Host.CLIENT0, "eth0", "lan0");
        plug(Host.CLIENT1, "eth0", "lan1");
        plug(Host.RELAY, "lan0", "lan0");
        plug(Host.RELAY, "branch", "branch");
        plug(Host.BRANCH, "eth0", "branch");
        ip(
                Host.SERVER,
                "address add 10.80.0.1/24 dev lan0",
                "address add 10.81.0.1/24 dev lan1",
                "route add 10.82.0.0/24 via 10.80.0.2");
        ip(
                Host.RELAY,
                "address add 10.80.0.2/24 dev lan0",
                "address add 10.82.0.1/24 dev branch",
                "route add default via 10.80.0.1");
        exec(Host.RELAY, "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        remove();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void add(Host host) throws IOException {
        hosts.add(host);
        String name = name(host);
        run(List.of("ip", "netns", "add", name), "");
        Files.createDirectories(CONFIGURATION.resolve(name));
        // DHCP clients write what they learned into this file.
        Files.writeString(CONFIGURATION.resolve(name).resolve("resolv.conf"), "");
        exec(host, "sh", "-c", "for f in all default; do echo 1 >/proc/sys/net/ipv6/conf/$f/disable_ipv6; done");
        ip(host, "link set lo up");
    }

    /** One more client: with {@code eth0} on a bridge of the switch, without an address. */
    public Host addClient(String bridge) throws IOException {
        Host client = new Host("added" + hosts.size());
        add(client);
        plug(client, "eth0", bridge);
        return client;
    }

    /** The name of a host's namespace, for programs that ask for it. */
    public String name(Host host) {
        return prefix + host.suffix();
    }

    /** Adds an interface to a host, tied to a bridge of the switch, and up. */
    public void plug(Host host, String device, String bridge) throws IOException {
        String port = host.port(device);
        ip(
                Host.SWITCH,
                "link add " + port + " type veth peer name " + device + " netns " + name(host),
                "link set " + port + " master " + bridge,
                "link set " + port + " up");
        ip(host, "link set " + device + " up");
    }

    /** Runs commands of ip(8), such as {@code link set lan0 down}, in a host. */
    public void ip(Host host, String... commands) throws IOException {
        run(List.of("ip", "-n", name(host), "-batch", "-"), String.join("\n", commands) + "\n");
    }

    /**
     * Runs a program in a host and waits for its end.
     *
     * @return what it wrote
     * @throws IOException where it fails, with what it wrote
     */
    public String exec(Host host, String... command) throws IOException {
        return run(command(host, command), "");
    }

    /**
     * Starts a program in a host; it is killed with all that it starts when the tests of the class are over.
     *
     * @param output takes what it writes
     */
    public Process start(Host host, Path output, String... command) throws IOException {
        Process process = new ProcessBuilder(command(host, command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        started.add(process);
        return process;
    }

    /** Starts a Java program of this class path in a host, as {@link #start}. */
    public Process startJava(Host host, Path output, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(Arrays.asList(arguments));
        return start(host, output, command.toArray(String[]::new));
    }

    /** The index of a host's interface. */
    public int index(Host host, String device) throws IOException {
        return Integer.parseInt(attribute(host, device, "ifindex"));
    }

    /** The hardware address of a host's interface. */
    public MacAddress mac(Host host, String device) throws IOException {
        return MacAddress.parse(attribute(host, device, "address"));
    }

    private String attribute(Host host, String device, String attribute) throws IOException {
        return exec(host, "cat", "/sys/class/net/" + device + "/" + attribute).strip();
    }

    /**
     * What a callable returns that runs in a host, in a thread of its own. Sockets that it opens and threads that it
     * starts stay in that host; what it reads below /proc and /sys is of the host that the JVM was started in.
     */
    public <T> T inside(Host host, Callable<T> callable) throws Exception {
        return NamespaceThread.call(FOLDER.resolve(name(host)), callable);
    }

    private List<String> command(Host host, String... command) {
        return Stream.concat(Stream.of("ip", "netns", "exec", name(host)), Arrays.stream(command))
                .toList();
    }

    private static String run(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return output;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + (input.isEmpty() ? "" : " <<< " + input) + ": " + output);
    }

    private void remove() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        hosts.forEach(host -> remove(name(host)));
    }

    private static void removeLeftovers() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            return;
        }
        try (Stream<Path> names = Files.list(FOLDER)) {
            names.map(path -> NAME.matcher(path.getFileName().toString()))
                    .filter(Matcher::matches)
                    .filter(name ->
                            ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty())
                    .forEach(name -> remove(name.group()));
        }
    }

    private static void remove(String name) {
        if (!Files.exists(FOLDER.resolve(name))) {
            return;
        }
        try {
            // Programs that went into the background, as DHCP clients do, are no descendants any more.
            run(List.of("ip", "netns", "pids", name), "")
                    .lines()
                    .map(Long::parseLong)
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .filter(process -> !process.equals(ProcessHandle.current()))
                    .forEach(ProcessHandle::destroyForcibly);
            run(List.of("ip", "netns", "delete", name), "");
            Files.deleteIfExists(CONFIGURATION.resolve(name).resolve("resolv.conf"));
            Files.deleteIfExists(CONFIGURATION.resolve(name));
        } catch (IOException e) {
            System.err.println("the namespace " + name + " stays behind: " + e.getMessage());
        }
    }
}
