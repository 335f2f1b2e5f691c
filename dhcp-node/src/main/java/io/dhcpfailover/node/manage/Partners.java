package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.engine.Effect;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.session.Agreement;
import io.dhcpfailover.node.failover.session.Ending;
import io.dhcpfailover.node.failover.session.Moment;
import io.dhcpfailover.node.network.Binding;
import io.dhcpfailover.node.network.NetworkException;
import io.dhcpfailover.node.network.NetworkLoop;
import io.dhcpfailover.node.network.PartnerLinks;
import io.dhcpfailover.node.network.PartnerPlan;
import io.dhcpfailover.node.network.PartnerReceiver;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Carries what the engine and its partners say to each other from thread to thread. */
final class Partners implements PartnerReceiver {

    /** Partners that are told of a planned stop take over at once; for one that does not listen, nobody waits longer. */
    private static final Duration TOLD_MAX = Duration.ofSeconds(1);

    private final Intake intake;
    private final LinkProblems problems = new LinkProblems();
    private final Runnable changed;
    private final Supplier<EnginePartners> engine;
    private final Binding binding;
    private final PartnerLinks links;
    private final Object telling = new Object();
    // Both belong to whoever has the monitor of telling.
    private final Set<String> linked = new HashSet<>();
    private final Set<String> told = new HashSet<>();

    /**
     * Without any link yet.
     *
     * @param binding says where partners are dialed
     * @param engine where partners' words go to; asked for in the engine's thread only
     * @param changed is called when its problems have changed, and must return at once
     */
    Partners(
            NetworkLoop network,
            Binding binding,
            SecureRandom random,
            Intake intake,
            Supplier<EnginePartners> engine,
            Runnable changed) {
        this.binding = binding;
        this.intake = intake;
        this.changed = changed;
        this.engine = engine;
        InstantSource clock = InstantSource.system();
        this.links = new PartnerLinks(network, () -> now(clock), random, this);
    }

    private static Moment now(InstantSource clock) {
        return new Moment(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), Math.floorDiv(clock.millis(), 1000));
    }

    /** Keeps these links from now on. */
    void configure(PartnerPlan plan) {
        links.configure(binding.reached(plan));
    }

    @Override
    public void began(String relationship, long session, Agreement agreement) {
        synchronized (telling) {
            linked.add(relationship);
        }
        problems.began(relationship);
        intake.submit(() -> engine.get().began(relationship, session, agreement));
    }

    @Override
    public void heard(String relationship, long session, Message message, Runnable taken) {
        intake.submit(() -> engine.get().heard(relationship, message, taken));
    }

    @Override
    public void ended(String relationship, long session, Ending ending) {
        synchronized (telling) {
            linked.remove(relationship);
            telling.notifyAll();
        }
        failed(relationship, ending);
        intake.submit(() -> engine.get().ended(relationship, session, ending));
    }

    @Override
    public void failed(String relationship, Ending ending) {
        if (problems.ended(relationship, ending, Instant.now())) {
            changed.run();
        }
    }

    /** Why there are no sessions. */
    LinkProblems problems() {
        return problems;
    }

    /** What sends a message in the session in which the engine says it; called in the engine's thread. */
    Runnable sending(Effect.SendToPartner effect) {
        String relationship = effect.relationship();
        long session = engine.get().session(relationship);
        engine.get().said(relationship, effect.message());
        return () -> {
            links.send(relationship, session, effect.message());
            if (effect.message() instanceof Message.State state
                    && (state.state() == ServerState.PAUSED || state.state() == ServerState.SHUTDOWN)) {
                synchronized (telling) {
                    told.add(relationship);
                    telling.notifyAll();
                }
            }
        };
    }

    /** What closes the session in which the engine says so; called in the engine's thread. */
    Runnable dropping(Effect.DropLink effect) {
        long session = engine.get().session(effect.relationship());
        return () -> links.drop(effect.relationship(), session, effect.reason());
    }

    /** Waits until every partner that hears this server was told that it stops, or for a second. */
    void awaitTold() throws InterruptedException {
        long end = System.nanoTime() + TOLD_MAX.toNanos();
        synchronized (telling) {
            for (long left = TOLD_MAX.toNanos();
                    left > 0 && !told.containsAll(linked);
                    left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(telling, left);
            }
        }
    }

    void close() throws NetworkException {
        links.close();
    }
}
