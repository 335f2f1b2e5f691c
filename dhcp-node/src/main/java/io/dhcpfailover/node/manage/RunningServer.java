package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.configuration.ConfigurationCheck;
import io.dhcpfailover.node.configuration.ConfigurationFile;
import io.dhcpfailover.node.configuration.ManifestException;
import io.dhcpfailover.node.configuration.ManifestFolder;
import io.dhcpfailover.node.configuration.ManifestWatcher;
import io.dhcpfailover.node.configuration.ServerManifests;
import io.dhcpfailover.node.manage.history.HistoryWriter;
import io.dhcpfailover.node.manage.traces.DoraTraces;
import io.dhcpfailover.node.manage.traces.TraceSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server with all that tells it what to do: a folder of manifests or its API, and its control socket. */
final class RunningServer {

    /** For how many days the history of leases is kept, in the environment; 0 for none. */
    private static final String HISTORY_DAYS = "DHCP_HISTORY_DAYS";

    private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);

    private final @Nullable ManifestWatcher watcher;
    private final DhcpNode node;
    private final NodeReview review;
    private final @Nullable ControlSocket control;
    private final @Nullable ApiServer api;
    private final @Nullable DoraTraces traces;

    /**
     * Recovers what is on disk, and serves. Its API comes last, and nothing waits for it.
     *
     * @throws ManifestException where there is something wrong in the folder of manifests
     * @throws IOException where the folder of leases cannot be used, with what to do
     */
    RunningServer(Settings settings) throws ManifestException, IOException {
        HistoryWriter.Retention retention = HistoryWriter.Retention.ofDays(System.getenv(HISTORY_DAYS));
        TraceSettings traced = TraceSettings.of(System.getenv());
        traces =
                traced == null ? null : new DoraTraces(traced, settings.server().text(), ServerOperations.VERSION);
        Changes changes = new Changes();
        Path manifests = settings.manifests();
        MaintenanceMark mark = new MaintenanceMark(settings.state());
        ConfigurationKeeper keeper = null;
        Serving first;
        if (manifests == null) {
            watcher = null;
            keeper = new ConfigurationKeeper(
                    new ConfigurationCheck(settings.server(), settings.namespace()),
                    new ConfigurationFile(settings.state()));
            first = keeper.recover();
        } else {
            watcher = ManifestWatcher.start(
                    new ManifestFolder(manifests, settings.namespace(), settings.server()), changes);
            first = Serving.of(watcher.first());
        }
        ApiServer server = settings.api() == null ? null : new ApiServer(settings.api());
        api = server;
        node = new DhcpNode(
                first,
                mark.isSet(),
                settings.state(),
                settings.binding(),
                settings.links(),
                traces,
                server == null ? () -> {} : server::changed);
        changes.follow(node);
        review = node.review(settings.server(), settings.state(), retention);
        Administration administration = new Administration(node, mark);
        ServerOperations operations = new ServerOperations(settings.server(), node, keeper, administration, review);
        control = ControlSocket.open(
                settings.state(), new ServerCommands(administration, new ReviewCommands(operations)));
        if (first == null) {
            LOG.info("Waits for its configuration");
        }
        if (server != null) {
            server.start(operations);
        }
    }

    /** The TCP port on which its API listens; 0 while it does not. */
    int apiPort() {
        return api == null ? 0 : api.port();
    }

    /** The server itself. */
    DhcpNode node() {
        return node;
    }

    /** Ends in order: what was promised is on disk, and partners are told. */
    void stop() throws IOException, InterruptedException {
        if (control != null) {
            control.close();
        }
        node.stop();
        review.close();
        if (traces != null) {
            traces.close();
        }
        if (api != null) {
            api.close();
        }
        if (watcher != null) {
            watcher.close();
        }
    }

    /** What the manifests ask for goes to the server; what they ask for before there is one, once there is. */
    private static final class Changes implements ManifestWatcher.Listener {

        private @Nullable DhcpNode node;
        private @Nullable ServerManifests waiting;

        synchronized void follow(DhcpNode started) {
            node = started;
            if (waiting != null) {
                configure(started, waiting);
            }
        }

        @Override
        public synchronized void changed(ServerManifests manifests) {
            if (node == null) {
                waiting = manifests;
            } else {
                configure(node, manifests);
            }
        }

        private static void configure(DhcpNode node, ServerManifests manifests) {
            try {
                var _ = node.configure(Serving.of(manifests));
            } catch (RuntimeException e) {
                LOG.error("A new configuration cannot be served, and the last one still is", e);
            }
        }

        @Override
        public void refused(ManifestException why) {
            LOG.error("The manifests are not taken, and the last ones are still served: {}", why.getMessage());
        }
    }
}
