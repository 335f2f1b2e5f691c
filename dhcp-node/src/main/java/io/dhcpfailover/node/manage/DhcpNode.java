package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.node.configuration.ServerManifests;
import io.dhcpfailover.node.engine.Configuration;
import io.dhcpfailover.node.engine.Effect;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.engine.StoredState;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.journal.FileStorage;
import io.dhcpfailover.node.journal.GroupCommit;
import io.dhcpfailover.node.journal.Journal;
import io.dhcpfailover.node.journal.SnapshotPolicy;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.manage.metrics.Latencies;
import io.dhcpfailover.node.network.Binding;
import io.dhcpfailover.node.network.ClientSockets;
import io.dhcpfailover.node.network.Interfaces;
import io.dhcpfailover.node.network.NetworkException;
import io.dhcpfailover.node.network.NetworkLoop;
import io.dhcpfailover.node.network.Prober;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server of a process: recovers its leases, serves its configuration, and follows its interfaces. What happens in which
 * thread: {@code network} moves packets, {@code engine} decides, {@code journal} writes.
 */
final class DhcpNode {

    /** How often interfaces are looked at: an address that a host is given is served within this. */
    private static final long LINKS_SECONDS = 2;

    private static final long END_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(DhcpNode.class);

    private final Engine engine;
    private final Intake intake = new Intake();
    private final Latencies latencies = new Latencies();
    private final GroupCommit commit;
    private final NetworkLoop network;
    private final ClientSockets sockets;
    private final Prober prober;
    private final EngineLoop loop;
    private final Partners partners;
    private final @Nullable ControlSocket control;
    private final Snapshots snapshots;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timer").factory());
    // Both belong to the timer's thread.
    private DhcpServerSpec server;
    private ScopeTable scopes;
    private PartnerPlans plans;
    private List<Link> links = List.of();
    private List<ClientSockets.Unserved> unserved = List.of();
    private @Nullable List<Link> reported;

    /**
     * Recovers the leases of a folder, and starts to serve.
     *
     * @throws IOException where the folder cannot be used, with what to do
     */
    DhcpNode(ServerManifests manifests, Path state, Binding binding) throws IOException {
        SecureRandom random = new SecureRandom();
        BindingTable table = new BindingTable(random.nextLong());
        StoredState store = new StoredState(table);
        Journal journal = recover(state, random, store);
        server = manifests.server().spec();
        scopes = scopes(manifests);
        plans = PartnerPlans.of(manifests);
        engine = new Engine(store, random.nextLong());
        engine.configure(configuration());
        commit = new GroupCommit(journal, EngineLoop.RECORDS_MAX, new CommitListener());
        snapshots = new Snapshots(engine, intake, journal, commit, SnapshotPolicy.DEFAULT);
        network = NetworkLoop.start();
        sockets = new ClientSockets(network, binding, intake);
        prober = new Prober(network);
        partners = new Partners(network, random, intake, this::enginePartners);
        loop = new EngineLoop(
                engine,
                intake,
                new ServerClock(InstantSource.system(), System::nanoTime),
                commit,
                new Outside(),
                latencies);
        links = ServedLinks.of(server, scopes, Interfaces.links(server.interfaces()));
        engine.setLinks(links);
        loop.start();
        serve();
        partners.configure(plans.links());
        control = ControlSocket.open(state, new ServerCommands(intake, loop));
        ScheduledFuture<?> _ =
                timer.scheduleWithFixedDelay(this::followLinks, LINKS_SECONDS, LINKS_SECONDS, TimeUnit.SECONDS);
    }

    private EnginePartners enginePartners() {
        return loop.partners();
    }

    private static Journal recover(Path state, SecureRandom random, StoredState store) throws IOException {
        FileStorage storage = FileStorage.open(state);
        try {
            long start = System.nanoTime();
            Journal.Recovered recovered = Journal.open(storage, random::nextLong, store::replay);
            if (recovered.cut() != null) {
                LOG.warn("Recovered up to the last record that was ever durable: {}", recovered.cut());
            }
            LOG.info(
                    "Recovered {} bindings from {} records in {} ms",
                    store.table().size(),
                    recovered.records(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            return recovered.journal();
        } catch (IOException | RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    private static ScopeTable scopes(ServerManifests manifests) {
        return new ScopeTable(manifests.scopes().stream()
                .map(scope -> ServedScope.of(scope.name(), scope.spec()))
                .toList());
    }

    private Configuration configuration() {
        return new Configuration(
                server.serverAddress(),
                server.authorized(),
                new HashSet<>(server.leaseQueryFrom()),
                scopes,
                plans.relationships());
    }

    /** Becomes what the manifests say, from the next packet on. */
    void configure(ServerManifests manifests) {
        timer.execute(() -> {
            try {
                ScopeTable compiled = scopes(manifests);
                plans = PartnerPlans.of(manifests);
                server = manifests.server().spec();
                scopes = compiled;
            } catch (RuntimeException e) {
                LOG.error("A new configuration cannot be served, and the last one still is", e);
                return;
            }
            Configuration next = configuration();
            intake.submit(() -> engine.configure(next));
            // After the engine, which has to know a relationship before its first session.
            partners.configure(plans.links());
            LOG.info("Serves a new configuration: {} scopes", scopes.scopes().size());
            followLinks();
        });
    }

    private void followLinks() {
        try {
            List<Link> present = ServedLinks.of(server, scopes, Interfaces.links(server.interfaces()));
            if (!present.equals(links)) {
                links = present;
                intake.submit(() -> engine.setLinks(present));
                serve();
            } else if (!unserved.isEmpty()) {
                serve();
            }
            snapshots.consider();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The interfaces could not be looked at, and are again in {} s", LINKS_SECONDS, e);
        }
    }

    private void serve() throws NetworkException {
        List<ClientSockets.Unserved> now = sockets.serve(links);
        if (now.equals(unserved) && links.equals(reported)) {
            return;
        }
        now.forEach(link -> LOG.error("{} is not served: {}", link.link().name(), link.reason()));
        unserved = now;
        reported = links;
        if (links.isEmpty()) {
            LOG.warn("No interface is served: none of those that are configured is up and has an IPv4 address");
        } else {
            LOG.info("Serves on {}", links);
        }
    }

    /** Decides on nothing any more, makes durable what was decided, answers that, and ends. */
    void stop() throws IOException, InterruptedException {
        timer.shutdownNow();
        if (!timer.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("The interfaces are still being looked at, and the server ends nevertheless");
        }
        if (control != null) {
            control.close();
        }
        snapshots.stop();
        for (String relationship : plans.relationships().keySet()) {
            intake.submit(() -> loop.happened(relationship, new FailoverEvent.Stopping(false)));
        }
        partners.awaitTold();
        loop.stop();
        commit.close();
        partners.close();
        prober.close();
        sockets.close();
        network.close();
    }

    private final class Outside implements EngineLoop.Outside {

        @Override
        public void send(Reply reply) {
            sockets.send(reply);
        }

        @Override
        public void flush() {
            sockets.flush();
        }

        @Override
        public void probe(Effect.Probe probe) {
            boolean begun = prober.probe(
                    probe.address(),
                    probe.attempts(),
                    probe.timeout(),
                    used -> intake.submit(() -> loop.probed(probe.number(), used)));
            if (!begun) {
                intake.submit(() -> loop.probed(probe.number(), false));
            }
        }

        @Override
        public Runnable sending(Effect.SendToPartner message) {
            return partners.sending(message);
        }

        @Override
        public Runnable dropping(Effect.DropLink link) {
            return partners.dropping(link);
        }
    }

    private final class CommitListener implements GroupCommit.Listener {

        @Override
        public void failing(IOException reason) {
            LOG.error("Leases cannot be stored, and no new ones are given until they can: {}", reason.toString());
            intake.submit(() -> engine.setStorageFailing(true));
        }

        @Override
        public void recovered() {
            intake.submit(() -> {
                engine.setStorageFailing(false);
                LOG.info("Leases are stored again");
            });
        }

        @Override
        public void failed(Throwable reason) {
            LOG.error("A reply could not be handed on once its lease was stored", reason);
        }

        @Override
        public void committed(int records, long nanoseconds) {
            latencies.synced(records, nanoseconds);
            sockets.flush();
        }
    }
}
