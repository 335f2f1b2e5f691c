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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
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
        subcommands = {LeasesCommand.class, CheckCommand.class})
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
            LOG.error("The server cannot start: {}", e.getMessage());
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
        AtomicReference<@Nullable DhcpNode> node = new AtomicReference<>();
        AtomicReference<@Nullable ServerManifests> latest = new AtomicReference<>();
        try (ManifestWatcher watcher = ManifestWatcher.start(folder, new Changes(node, latest))) {
            DhcpNode started = new DhcpNode(watcher.first(), state, Binding.DHCP);
            node.set(started);
            ServerManifests meanwhile = latest.get();
            if (meanwhile != null) {
                started.configure(meanwhile);
            }
            CountDownLatch end = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                end.countDown();
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            LOG.info("Serves");
            end.await();
            started.stop();
            LOG.info("Ended");
            ended.countDown();
        }
    }

    private record Changes(AtomicReference<@Nullable DhcpNode> node, AtomicReference<@Nullable ServerManifests> latest)
            implements ManifestWatcher.Listener {

        @Override
        public void changed(ServerManifests manifests) {
            latest.set(manifests);
            DhcpNode running = node.get();
            if (running != null) {
                running.configure(manifests);
            }
        }

        @Override
        public void refused(ManifestException why) {
            LOG.error("The manifests are not taken, and the last ones are still served: {}", why.getMessage());
        }
    }
}
