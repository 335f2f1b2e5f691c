package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.configuration.ManifestException;
import io.dhcpfailover.node.manage.api.ManagementServer;
import io.dhcpfailover.node.network.Binding;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of a server: without a subcommand it serves, until it is told to end. */
@Command(
        name = "dhcp-node",
        mixinStandardHelpOptions = true,
        description = "A DHCPv4 server, from a folder of manifests or by its management API.",
        subcommands = {
            StatusCommand.class,
            ScopesCommand.class,
            LeasesCommand.class,
            HistoryCommand.class,
            ExplainCommand.class,
            LeaseActionCommand.Release.class,
            LeaseActionCommand.Reset.class,
            CheckCommand.class,
            PartnerDownCommand.class
        })
public final class Main implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    @Option(names = "--server", paramLabel = "NAME", description = "the DhcpServer of the manifests that this one is")
    private @Nullable String server;

    @Option(
            names = "--manifests",
            paramLabel = "DIR",
            description = "the folder of manifests; changes are followed. Without it, the API says what is served")
    private @Nullable Path manifests;

    @Option(names = "--state", paramLabel = "DIR", description = "the folder of leases, on a disk that stays")
    private @Nullable Path state;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "the namespace of the server; needed where its name is in several")
    private @Nullable String namespace;

    @Option(
            names = "--api-address",
            paramLabel = "ADDRESS",
            description = "the address on which the management API listens; without it there is none")
    private @Nullable InetAddress apiAddress;

    @Option(names = "--api-port", paramLabel = "PORT", description = "its TCP port; ${DEFAULT-VALUE} by default")
    private int apiPort = NodeApi.PORT;

    @Option(
            names = "--tls",
            paramLabel = "DIR",
            description = "the folder of tls.crt, tls.key and ca.crt, for the API; changes are followed")
    private @Nullable Path tls;

    @Option(names = "--api-plain", description = "the API without TLS, on an address of loopback only")
    private boolean apiPlain;

    @Option(
            names = "--loopback-ports",
            paramLabel = "SERVER:CLIENT[:LINK]",
            description =
                    "for a laboratory: clients are served on the API's address of loopback only, at these UDP ports, and"
                            + " partners are dialed at the TCP port LINK")
    private @Nullable String loopbackPorts;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    /** Ends with 0 where it was told to end, with 1 where it could not serve, with 2 for a wrong command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = settings();
        endOnMistakes();
        try {
            serve(settings);
            return CommandLine.ExitCode.OK;
        } catch (ManifestException | IOException | IllegalArgumentException e) {
            LOG.error("The server cannot start: {}", Words.of(e));
            LOG.debug("In full", e);
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private Settings settings() {
        if (server == null || state == null) {
            throw wrong("give --server, and --state: which server this is, and where its leases lie");
        }
        try {
            return new Settings(new ObjectName(server), namespace, manifests, state, api(), binding(), links());
        } catch (IllegalArgumentException e) {
            throw wrong(Words.of(e));
        }
    }

    private ManagementServer.@Nullable Options api() {
        if (apiAddress == null) {
            return null;
        }
        if ((tls == null) != apiPlain) {
            throw wrong("give either --tls, the folder of certificates for the API, or --api-plain");
        }
        return new ManagementServer.Options(apiAddress, apiPort, tls);
    }

    private Binding binding() {
        if (loopbackPorts == null) {
            return Binding.DHCP;
        }
        String[] ports = loopbackPorts.split(":", -1);
        if (ports.length < 2 || ports.length > 3 || apiAddress == null || !apiAddress.isLoopbackAddress()) {
            throw wrong("--loopback-ports takes two UDP ports and perhaps a TCP port, such as 6767:6768:6648, and an"
                    + " --api-address of loopback");
        }
        Binding binding = Binding.loopback(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
        return ports.length == 2 ? binding : binding.withLinkPort(Integer.parseInt(ports[2]));
    }

    private LinkChoice links() {
        return loopbackPorts == null || apiAddress == null
                ? LinkChoice.OF_HOST
                : LinkChoice.ofLoopback(Ipv4Address.parse(apiAddress.getHostAddress()));
    }

    private CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), what);
    }

    /** A thread that ended by a mistake is missed by all others: whoever started the process must start it again. */
    private static void endOnMistakes() {
        Thread.setDefaultUncaughtExceptionHandler((thread, mistake) -> {
            LOG.error("The thread {} ended by a mistake, and so does the server", thread.getName(), mistake);
            Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
        });
    }

    private static void serve(Settings settings) throws ManifestException, IOException, InterruptedException {
        RunningServer running = new RunningServer(settings);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("end").unstarted(() -> {
            end.countDown();
            // Whoever asks a JVM to end by a signal gets the signal's number from it, as if it had failed.
            Runtime.getRuntime().halt(ended.join());
        }));
        LOG.info("Serves");
        end.await();
        try {
            running.stop();
            LOG.info("Ended");
            ended.complete(CommandLine.ExitCode.OK);
        } catch (IOException | RuntimeException e) {
            LOG.error("The server did not end in order; what it promised is on disk nevertheless", e);
        } finally {
            ended.complete(CommandLine.ExitCode.SOFTWARE);
        }
    }
}
