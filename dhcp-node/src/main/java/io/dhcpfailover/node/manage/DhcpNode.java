package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.engine.Configuration;
import io.dhcpfailover.node.engine.Effect;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.engine.StoredState;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.journal.FileStorage;
import io.dhcpfailover.node.journal.GroupCommit;
import io.dhcpfailover.node.journal.Journal;
import io.dhcpfailover.node.journal.SnapshotPolicy;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.manage.history.HistoryReader;
import io.dhcpfailover.node.manage.history.HistoryWriter;
import io.dhcpfailover.node.manage.leases.EngineTurns;
import io.dhcpfailover.node.manage.leases.LeaseReview;
import io.dhcpfailover.node.manage.metrics.Latencies;
import io.dhcpfailover.node.manage.metrics.MetricsText;
import io.dhcpfailover.node.manage.traces.DoraTraces;
import io.dhcpfailover.node.network.Binding;
import io.dhcpfailover.node.network.ClientSockets;
import io.dhcpfailover.node.network.NetworkLoop;
import io.dhcpfailover.node.network.PartnerPlan;
import io.dhcpfailover.node.network.Prober;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
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
    private final Transitions transitions;
    private final ServedNetwork served;
    private final Snapshots snapshots;
    private final PoolForecasts forecasts = new PoolForecasts();
    private final Runnable changed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timer").factory());
    private volatile @Nullable Instant storageFailingSince;
    // Both are written by the timer's thread only.
    private volatile @Nullable Serving serving;
    private volatile boolean maintenance;

    /**
     * Recovers the leases of a folder, and starts to serve.
     *
     * @param first what it serves; null for nothing, before it is told
     * @param maintenance whether it answers no client, whatever it serves
     * @param traces of clients that get an address; null for none
     * @param changed is called when something of it has changed that people want to know at once; must return at once
     * @throws IOException where the folder cannot be used, with what to do
     */
    DhcpNode(
            @Nullable Serving first,
            boolean maintenance,
            Path state,
            Binding binding,
            LinkChoice choice,
            @Nullable DoraTraces traces,
            Runnable changed)
            throws IOException {
        Map<String, Long> declaredDown = DeclaredDown.of(System.getenv());
        SecureRandom random = new SecureRandom();
        BindingTable table = new BindingTable(random.nextLong());
        StoredState store = new StoredState(table);
        Journal journal = recover(state, random, store);
        declaredDown.forEach(store::declaredDown);
        this.changed = changed;
        this.serving = first;
        this.maintenance = maintenance;
        transitions = new Transitions(() -> {
            keepMaintenance();
            changed.run();
        });
        engine = new Engine(store, random.nextLong());
        engine.configure(first == null ? Configuration.NONE : first.configuration(maintenance));
        commit = new GroupCommit(journal, EngineLoop.RECORDS_MAX, new CommitListener());
        snapshots = new Snapshots(engine, intake, journal, commit, SnapshotPolicy.DEFAULT);
        network = NetworkLoop.start();
        sockets = new ClientSockets(network, binding, intake);
        prober = new Prober(network);
        partners = new Partners(network, binding, random, intake, this::enginePartners, changed);
        loop = new EngineLoop(
                engine,
                intake,
                new ServerClock(InstantSource.system(), System::nanoTime),
                commit,
                new Outside(),
                transitions,
                new AnswerTimes(latencies, traces));
        served = new ServedNetwork(choice, sockets, links -> intake.submit(() -> engine.setLinks(links)), changed);
        loop.start();
        served.follow(first);
        partners.configure(first == null ? PartnerPlan.NONE : first.plans().links());
        ScheduledFuture<?> _ =
                timer.scheduleWithFixedDelay(this::followLinks, LINKS_SECONDS, LINKS_SECONDS, TimeUnit.SECONDS);
        long forecast = PoolForecasts.INTERVAL.toSeconds();
        ScheduledFuture<?> _ = timer.scheduleAtFixedRate(this::forecast, forecast, forecast, TimeUnit.SECONDS);
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

    /**
     * What can be asked of its leases and of what it counts; its history is written from now on.
     *
     * @param state the folder of leases
     * @param retention how much history is kept
     */
    NodeReview review(ObjectName name, Path state, HistoryWriter.Retention retention) {
        HistoryWriter history = new HistoryWriter(state, name.text(), retention);
        if (retention.days() > 0) {
            intake.submit(() -> engine.onLeaseEvents(history::happened));
        }
        EngineTurns turns = new EngineTurns(intake::submit);
        LeaseReview leases = new LeaseReview(name, engine, turns, loop, new HistoryReader(state));
        NodeMetrics metrics =
                new NodeMetrics(name, state, engine, turns, loop, intake, commit, transitions, history, () -> serving);
        return new NodeReview(leases, history, new MetricsText(metrics, latencies));
    }

    /** Serves this, from the next packet on; done once the engine has taken it. */
    CompletableFuture<Void> configure(Serving next) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        timer.execute(() -> {
            serving = next;
            configureEngine(taken);
            // After the engine, which has to know a relationship before its first session.
            partners.configure(next.plans().links());
            LOG.info(
                    "Serves a new configuration: {} scopes",
                    next.scopes().scopes().size());
            followLinks();
            changed.run();
        });
        return taken;
    }

    /** Answers no client from now on, and tells partners so, or does again; done once the engine has taken it. */
    CompletableFuture<Void> setMaintenance(boolean next) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        timer.execute(() -> {
            maintenance = next;
            configureEngine(taken);
            if (next) {
                keepMaintenance();
            } else {
                tellPartners(new FailoverEvent.Resumed());
            }
            changed.run();
        });
        return taken;
    }

    private void tellPartners(FailoverEvent event) {
        Serving now = serving;
        if (now != null) {
            for (String relationship : now.plans().relationships().keySet()) {
                intake.submit(() -> {
                    String _ = loop.happened(relationship, event);
                });
            }
        }
    }

    /** In maintenance, partners take over, also one that is heard only now. */
    private void keepMaintenance() {
        if (maintenance) {
            intake.submit(() -> engine.relationships().forEach((name, statistics) -> {
                boolean stopped =
                        statistics.state() == ServerState.PAUSED || statistics.state() == ServerState.SHUTDOWN;
                if (statistics.linked() && !stopped) {
                    String _ = loop.happened(name, new FailoverEvent.Stopping(false));
                }
            }));
        }
    }

    private void configureEngine(CompletableFuture<Void> taken) {
        Serving now = serving;
        Configuration configuration = now == null ? Configuration.NONE : now.configuration(maintenance);
        intake.submit(() -> {
            try {
                engine.configure(configuration);
                taken.complete(null);
            } catch (RuntimeException e) {
                taken.completeExceptionally(e);
                throw e;
            }
        });
    }

    private void followLinks() {
        try {
            served.follow(serving);
            keepMaintenance();
            snapshots.consider();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The interfaces could not be looked at, and are again in {} s", LINKS_SECONDS, e);
        }
    }

    private void forecast() {
        intake.submit(
                () -> forecasts.look(engine.statistics(loop.seconds()).pools(), System.nanoTime(), Instant.now()));
    }

    /** When scopes will be exhausted. */
    PoolForecasts forecasts() {
        return forecasts;
    }

    /** Why partners have no session. */
    LinkProblems linkProblems() {
        return partners.problems();
    }

    /** What the engine is. */
    CompletableFuture<EngineReport> report() {
        CompletableFuture<EngineReport> report = new CompletableFuture<>();
        intake.submit(() -> {
            try {
                report.complete(EngineReport.of(engine, transitions));
            } catch (RuntimeException e) {
                report.completeExceptionally(e);
                throw e;
            }
        });
        return report;
    }

    /**
     * Something that an administrator says of a relationship.
     *
     * @return why it is refused; empty where it is not
     */
    CompletableFuture<Optional<String>> happened(String relationship, LongFunction<FailoverEvent> event) {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        intake.submit(() -> {
            try {
                answer.complete(Optional.ofNullable(loop.happened(relationship, event.apply(loop.seconds()))));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
                throw e;
            }
        });
        return answer;
    }

    /** What it serves; null for nothing yet. */
    @Nullable Serving serving() {
        return serving;
    }

    /** Whether it answers no client, whatever it serves. */
    boolean isInMaintenance() {
        return maintenance;
    }

    /** Which interfaces are served. */
    ServedNetwork.Sockets sockets() {
        return served.sockets();
    }

    /** Since when nothing can be stored; null where it can. */
    @Nullable Instant storageFailingSince() {
        return storageFailingSince;
    }

    /** For how long the engine has been doing one thing. */
    Duration sinceLastTurn() {
        return loop.sinceLastTurn();
    }

    /** Decides on nothing any more, makes durable what was decided, answers that, and ends. */
    void stop() throws IOException, InterruptedException {
        timer.shutdownNow();
        if (!timer.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("The interfaces are still being looked at, and the server ends nevertheless");
        }
        snapshots.stop();
        tellPartners(new FailoverEvent.Stopping(false));
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
            storageFailingSince = Instant.now();
            intake.submit(() -> engine.setStorageFailing(true));
            changed.run();
        }

        @Override
        public void recovered() {
            intake.submit(() -> {
                engine.setStorageFailing(false);
                storageFailingSince = null;
                LOG.info("Leases are stored again");
                changed.run();
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
