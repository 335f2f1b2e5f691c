package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.configuration.ManifestException;
import io.dhcpfailover.node.configuration.ManifestFolder;
import io.dhcpfailover.node.configuration.ManifestWatcher;
import io.dhcpfailover.node.configuration.ServerManifests;
import io.dhcpfailover.node.network.Binding;
import java.io.IOException;
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
        description = "A DHCPv4 server, from a folder of manifests.",
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

    @Option(names = "--manifests", paramLabel = "DIR", description = "the folder of manifests; changes are followed")
    private @Nullable Path manifests;

    @Option(names = "--state", paramLabel = "DIR", description = "the folder of leases, on a disk that stays")
    private @Nullable Path state;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "the namespace of the server; needed where its name is in several")
    private @Nullable String namespace;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    /** Ends with 0 where it was told to end, with 1 where it could not serve, with 2 for a wrong command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (server == null || manifests == null || state == null) {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "give --server, --manifests and --state: which server this is, what it serves, where its leases lie");
        }
        endOnMistakes();
        try {
            serve(new ManifestFolder(manifests, namespace, new ObjectName(server)), state);
            return CommandLine.ExitCode.OK;
        } catch (ManifestException | IOException | IllegalArgumentException e) {
            LOG.error("The server cannot start: {}", Words.of(e));
            LOG.debug("In full", e);
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** A thread that ended by a mistake is missed by all others: whoever started the process must start it again. */
    private static void endOnMistakes() {
        Thread.setDefaultUncaughtExceptionHandler((thread, mistake) -> {
            LOG.error("The thread {} ended by a mistake, and so does the server", thread.getName(), mistake);
            Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
        });
    }

    private static void serve(ManifestFolder folder, Path state)
            throws ManifestException, IOException, InterruptedException {
        Changes changes = new Changes();
        try (ManifestWatcher watcher = ManifestWatcher.start(folder, changes)) {
            DhcpNode node = new DhcpNode(watcher.first(), state, Binding.DHCP);
            changes.follow(node);
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
                node.stop();
                LOG.info("Ended");
                ended.complete(CommandLine.ExitCode.OK);
            } catch (IOException | RuntimeException e) {
                LOG.error("The server did not end in order; what it promised is on disk nevertheless", e);
            } finally {
                ended.complete(CommandLine.ExitCode.SOFTWARE);
            }
        }
    }

    /** What the manifests ask for goes to the server; what they ask for before there is one, once there is. */
    private static final class Changes implements ManifestWatcher.Listener {

        private @Nullable DhcpNode node;
        private @Nullable ServerManifests waiting;

        synchronized void follow(DhcpNode started) {
            node = started;
            if (waiting != null) {
                started.configure(waiting);
            }
        }

        @Override
        public synchronized void changed(ServerManifests manifests) {
            if (node == null) {
                waiting = manifests;
            } else {
                node.configure(manifests);
            }
        }

        @Override
        public void refused(ManifestException why) {
            LOG.error("The manifests are not taken, and the last ones are still served: {}", why.getMessage());
        }
    }
}
