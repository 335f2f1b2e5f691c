package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Effect;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.journal.GroupCommit;
import io.dhcpfailover.node.manage.Intake.Arrived;
import io.dhcpfailover.node.manage.leases.EngineActions;
import io.dhcpfailover.node.network.SparseLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine's thread: gives it what comes in, one after the other, and does what it says. */
final class EngineLoop implements EngineActions {

    /** What the engine wants done outside of it. */
    interface Outside {

        /** Takes a reply that leaves at the next {@link #flush} at the latest. */
        void send(Reply reply);

        /** Sends what was taken. */
        void flush();

        /** Finds out whether an address is in use. */
        void probe(Effect.Probe probe);

        /** What sends a message to a partner, in the session that the engine knows now. */
        Runnable sending(Effect.SendToPartner message);

        /** What closes the session with a partner that the engine knows now. */
        Runnable dropping(Effect.DropLink link);
    }

    /** Records that may wait for the disk. */
    static final int RECORDS_MAX = 8192;

    /** What one packet may ask to be stored, at the most: an address that is left, one that is taken, and the answer. */
    private static final int RECORDS_OF_PACKET = 4;

    /** Room that is kept for what commands ask to be stored: addresses that were found in use. */
    private static final int RECORDS_OF_COMMANDS = 1024;

    /** What one message of a partner may ask to be stored, at the most: a batch of updates, and a state. */
    private static final int RECORDS_OF_MESSAGE = 512;

    /** Packets between two looks at the clock and at commands. */
    private static final int BATCH = 256;

    private static final Duration TICK = Duration.ofSeconds(1);

    /**
     * A reply that is older tells its client nothing any more, as it has asked again; and it must not reach the client so
     * late that its lease there would outlive the one here.
     */
    private static final Duration REPLY_AGE_MAX = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);

    private final Engine engine;
    private final Intake intake;
    private final ServerClock clock;
    private final GroupCommit commit;
    private final Outside outside;
    private final EnginePartners partners;
    private final Thread thread;
    private volatile long turnedAt = System.nanoTime();
    private final SparseLog log = new SparseLog(LOG);
    private final AnswerTimes times;

    /** When the packet was read that is being decided on; 0 where there is none. */
    private long arrived;

    private boolean running = true;
    private long nextTick;

    EngineLoop(
            Engine engine,
            Intake intake,
            ServerClock clock,
            GroupCommit commit,
            Outside outside,
            Transitions transitions,
            AnswerTimes times) {
        this.times = times;
        this.engine = engine;
        this.intake = intake;
        this.clock = clock;
        this.commit = commit;
        this.outside = outside;
        this.partners = new EnginePartners(engine, clock::seconds, this::effect, transitions);
        this.thread = Thread.ofPlatform().name("engine").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** For how long it has been doing one thing; it looks at the clock every second where there is nothing to do. */
    Duration sinceLastTurn() {
        return Duration.ofNanos(System.nanoTime() - turnedAt);
    }

    /** Ends after what it is doing. */
    void stop() throws InterruptedException {
        intake.submit(() -> running = false);
        thread.join();
    }

    private void run() {
        List<Runnable> commands = new ArrayList<>();
        List<Arrived> packets = new ArrayList<>();
        engine.start(clock.seconds(), this::effect);
        nextTick = clock.millis() + TICK.toMillis();
        try {
            while (running) {
                turnedAt = System.nanoTime();
                int room = (RECORDS_MAX - RECORDS_OF_COMMANDS - commit.waiting()) / RECORDS_OF_PACKET;
                // With a full journal nothing is taken up before some of it is on disk; new packets are dropped
                // meanwhile.
                Duration wait = room <= 0 || partners.isWaiting()
                        ? Duration.ofMillis(1)
                        : Duration.ofMillis(Math.max(0, nextTick - clock.millis()));
                intake.take(commands, packets, Math.clamp(room, 0, BATCH), wait);
                tick();
                commands.forEach(this::safely);
                commands.clear();
                partners.work(this::hasRoomForMessage, this::safely);
                long now = clock.seconds();
                for (Arrived arrived : packets) {
                    receive(arrived, now);
                }
                packets.clear();
                safely(() -> engine.flush(now, this::effect));
                partners.report();
                outside.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasRoomForMessage() {
        return commit.waiting() <= RECORDS_MAX - RECORDS_OF_COMMANDS - RECORDS_OF_MESSAGE;
    }

    private void tick() {
        if (clock.millis() >= nextTick) {
            long step = clock.step();
            if (step != 0) {
                LOG.warn("The clock was set by {} s: leases go on for as long as they would have", step);
                safely(() -> engine.clockStepped(step, this::effect));
            }
            engine.setStorageBusy(commit.busy().toSeconds());
            safely(() -> engine.tick(clock.seconds()));
            partners.look();
            nextTick = clock.millis() + TICK.toMillis();
        }
    }

    private void receive(Arrived arrived, long now) {
        this.arrived = arrived.nanoseconds();
        try {
            engine.receive(arrived.packet(), arrived.origin(), now, this::effect);
        } catch (RuntimeException e) {
            // A mistake of the server must cost one client's packet, and not all clients their server.
            log.warn("A packet could not be decided on and was dropped: " + arrived, e);
        } finally {
            this.arrived = 0;
        }
    }

    private void safely(Runnable command) {
        try {
            command.run();
        } catch (RuntimeException e) {
            LOG.error("A command to the engine failed", e);
        }
    }

    /** What partners say goes here; for the engine's thread. */
    EnginePartners partners() {
        return partners;
    }

    @Override
    public long seconds() {
        return clock.seconds();
    }

    /** Something that an administrator says, or the process of itself; in the engine's thread. */
    @Nullable String happened(String relationship, FailoverEvent event) {
        partners.happened(
                relationship,
                switch (event) {
                    case FailoverEvent.DeclaredDown _ -> "an administrator says that the partner is down";
                    case FailoverEvent.ProvedDown _ -> "the cluster proves that the partner has ended";
                    case FailoverEvent.Stopping _ -> "the server stops serving";
                    case FailoverEvent.Resumed _ -> "the server serves again";
                    case FailoverEvent.ResyncAsked _ -> "an administrator asks for every binding";
                    default -> event.getClass().getSimpleName();
                });
        return engine.happened(relationship, event, clock.seconds(), this::effect);
    }

    @Override
    public @Nullable String release(Ipv4Address address) {
        return engine.release(address, clock.seconds(), this::effect);
    }

    @Override
    public @Nullable String reset(Ipv4Address address) {
        return engine.reset(address, clock.seconds(), this::effect);
    }

    /** What a probe found; in the engine's thread. */
    void probed(long number, boolean inUse) {
        engine.probed(number, inUse, clock.seconds(), this::effect);
    }

    private void effect(Effect effect) {
        switch (effect) {
            case Effect.Send send -> send(send.reply());
            case Effect.Store store -> offer(store.record(), () -> {});
            case Effect.StoreThenSend store -> {
                long decided = System.nanoTime();
                long read = arrived;
                offer(store.record(), () -> sendUnlessOld(store.reply(), decided, read));
            }
            case Effect.Probe probe -> outside.probe(probe);
            case Effect.StoreThenTell store -> offer(store.record(), () -> intake.submit(() -> stored(store.number())));
            case Effect.SendToPartner message -> {
                if (!commit.offer(null, outside.sending(message))) {
                    // Without it the partner would wait for ever; a new session begins from what is stored.
                    outside.dropping(new Effect.DropLink(message.relationship(), "the journal has no room", true))
                            .run();
                }
            }
            case Effect.DropLink link -> {
                if (link.atOnce()) {
                    outside.dropping(link).run();
                } else {
                    offer(null, outside.dropping(link));
                }
            }
        }
    }

    private void stored(long number) {
        engine.stored(number, clock.seconds(), this::effect);
        partners.look();
    }

    private void send(Reply reply) {
        outside.send(reply);
        if (arrived != 0) {
            times.sent(reply.packet(), arrived);
        }
    }

    /** In the journal's thread. */
    private void sendUnlessOld(Reply reply, long decided, long read) {
        if (System.nanoTime() - decided < REPLY_AGE_MAX.toNanos()) {
            outside.send(reply);
            if (read != 0) {
                times.stored(reply.packet(), read, decided);
            }
        }
    }

    private void offer(byte @Nullable [] record, Runnable durable) {
        if (!commit.offer(record, durable)) {
            log.warn("A lease was not stored, and its client gets no answer", new IllegalStateException("no room"));
        }
    }
}
