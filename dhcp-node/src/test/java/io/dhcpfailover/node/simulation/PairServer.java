package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Configuration;
import io.dhcpfailover.node.engine.Effect;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.engine.Outcome;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.engine.StoredState;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One server of a pair: the real engine and journal, with a disk, a clock and a process that can be frozen. What its
 * threads do is done here, one event after the other.
 */
final class PairServer {

    /** A reply that is older is dropped, as the process does. */
    private static final long REPLY_AGE_MAX = 5_000;

    private static final long TICK = 1_000;

    private final World world;
    private final ServerRole role;
    private final SimulatedClock clock;
    private final PairDisk disk;
    private final Witness witness;
    private final Mistake mistake;
    private final Consumer<Reply> replies;
    private final Predicate<Ipv4Address> isUsed;
    private PairSettings settings;
    private @Nullable PartnerLink link;
    private @Nullable ServerState state;
    private @Nullable Engine engine;
    private List<Runnable> delayed = new ArrayList<>();
    private boolean frozen;
    private boolean flushes;
    private boolean hasScope = true;
    private int life;
    private boolean declaredDown;

    PairServer(
            World world,
            ServerRole role,
            SimulatedClock clock,
            PairSettings settings,
            Witness witness,
            Mistake mistake,
            Consumer<Reply> replies,
            Predicate<Ipv4Address> isUsed) {
        this.world = world;
        this.role = role;
        this.clock = clock;
        this.settings = settings;
        this.witness = witness;
        this.mistake = mistake;
        this.replies = replies;
        this.isUsed = isUsed;
        this.disk = new PairDisk(world, this, witness);
    }

    /** Has this link to its partner. */
    void join(PartnerLink own) {
        link = own;
    }

    ServerRole role() {
        return role;
    }

    SimulatedClock clock() {
        return clock;
    }

    PairDisk disk() {
        return disk;
    }

    /** What it is told to be. */
    PairSettings settings() {
        return settings;
    }

    /** Its address in the clients' network. */
    Ipv4Address address() {
        return role == ServerRole.Primary ? Ipv4Address.parse("192.0.2.1") : Ipv4Address.parse("192.0.2.2");
    }

    boolean runs() {
        return engine != null;
    }

    /** Whether it was told at its start that it was taken for down. */
    boolean isDeclaredDown() {
        return declaredDown;
    }

    boolean isFrozen() {
        return frozen;
    }

    @Nullable Engine engine() {
        return engine;
    }

    /** Begins with what its disk holds. */
    void start() {
        start(0);
    }

    /**
     * Begins with what its disk holds.
     *
     * @param declaredDownAt when it was taken for down before, as who starts it says, in seconds; 0 where it was not
     */
    void start(long declaredDownAt) {
        declaredDown = declaredDownAt != 0;
        world.say(() -> role + " starts" + (declaredDown ? ", and is told that it was taken for down" : ""));
        life++;
        frozen = false;
        flushes = false;
        delayed = new ArrayList<>();
        List<byte[]> records = disk.open();
        StoredState stored = Records.state(records, world.random().nextLong());
        if (declaredDown) {
            stored.declaredDown(PairSettings.RELATIONSHIP, declaredDownAt);
        }
        Engine started = new Engine(stored, world.random().nextLong());
        started.setLinks(List.of(new Link(1, new InterfaceName("lan0"), List.of(address()))));
        witness.started(this, records);
        engine = started;
        configure(settings);
        submit(running -> running.start(clock.seconds(), this::effect));
        tick(life);
    }

    private void tick(int of) {
        submit(running -> {
            running.setStorageBusy(disk.busySeconds());
            running.tick(clock.seconds());
            world.after(TICK, () -> {
                if (of == life) {
                    tick(of);
                }
            });
        });
    }

    /**
     * Ends at once.
     *
     * @param power whether power is lost; else only its process is killed
     */
    void stop(boolean power) {
        world.say(() -> role + (power ? " loses power" : " is killed"));
        engine = null;
        frozen = false;
        delayed = new ArrayList<>();
        life++;
        disk.close(power);
        witness.stopped(this);
        if (link != null) {
            link.processEnded(this, power);
        }
    }

    /** Gives its process something to do: a frozen one does it when it goes on, and one that has ended never. */
    void submit(Consumer<Engine> event) {
        Engine running = engine;
        if (running == null) {
            return;
        }
        if (frozen) {
            delayed.add(() -> submit(event));
            return;
        }
        event.accept(running);
        if (!flushes) {
            flushes = true;
            int of = life;
            world.after(world.random().nextInt(3), () -> {
                if (of == life) {
                    flush();
                }
            });
        }
    }

    private void flush() {
        Engine running = engine;
        if (frozen) {
            delayed.add(this::flush);
        } else if (running != null) {
            flushes = false;
            running.flush(clock.seconds(), this::effect);
        }
    }

    /** Its process does nothing for so many milliseconds, and all that comes meanwhile waits for it. */
    void freeze(long milliseconds) {
        if (frozen || engine == null) {
            return;
        }
        world.say(() -> role + " is frozen for " + milliseconds + " ms");
        frozen = true;
        int of = life;
        world.after(milliseconds, () -> {
            if (of == life) {
                thaw();
            }
        });
    }

    /** Goes on, where it is frozen. */
    void thaw() {
        if (frozen) {
            world.say(() -> role + " goes on");
            frozen = false;
            List<Runnable> waiting = delayed;
            delayed = new ArrayList<>();
            waiting.forEach(Runnable::run);
        }
    }

    /** Takes these settings: at once, or with its next start. */
    void configure(PairSettings next) {
        settings = next;
        submit(running -> {
            Configuration whole = next.configuration(mistake.relationship(next.relationship(role)));
            running.configure(hasScope ? whole : withoutScope(whole));
            witness.configured(this, next);
            world.say(() -> role + " is told " + next);
        });
    }

    private static Configuration withoutScope(Configuration whole) {
        return new Configuration(
                null, whole.authorized(), whole.leaseQueryFrom(), new ScopeTable(List.of()), whole.relationships());
    }

    /** Whether it is told to serve the scope. */
    boolean hasScope() {
        return hasScope;
    }

    /** Is told to serve the scope of the relationship, or not to. */
    void serve(boolean serves) {
        if (serves != hasScope) {
            world.say(() -> role + (serves ? " has the scope again" : " does not have the scope any more"));
            hasScope = serves;
            configure(settings);
        }
    }

    /** A record has become durable: a planted mistake may have it forget to wait in a new state. */
    void stored(byte[] record) {
        if (record[0] != RelationshipState.KIND) {
            return;
        }
        ServerState next = RelationshipState.decode(record).state().state();
        if (next != state && mistake.isHastyIn(next)) {
            clock.set(settings.mclt());
        }
        state = next;
    }

    /** Somebody sets its clock. One of a server that is down can only go back without anybody noticing. */
    void setClock(long seconds) {
        world.say(() -> role + " has its clock set by " + seconds + " s");
        clock.set(seconds);
        submit(running -> {
            witness.clockSet(this, seconds);
            running.clockStepped(seconds, this::effect);
        });
    }

    /** An administrator or the cluster says something; nothing comes of it where the process does not run. */
    void happened(FailoverEvent event) {
        submit(running -> {
            String refused = running.happened(PairSettings.RELATIONSHIP, event, clock.seconds(), this::effect);
            if (refused == null) {
                witness.happened(this, event);
            }
            world.say(() -> role + " is told " + event + (refused == null ? "" : ", and refuses: " + refused));
        });
    }

    void receive(DhcpPacket packet, Origin origin) {
        submit(running -> {
            Outcome outcome = running.receive(packet, origin, clock.seconds(), this::effect);
            world.say(() -> role + " received " + Lines.of(packet) + ": " + outcome);
            witness.received(this, packet, outcome);
        });
    }

    /** Where the engine puts what it wants done. */
    void effect(Effect effect) {
        switch (effect) {
            case Effect.Send send -> reply(send.reply());
            case Effect.Store store -> disk.store(store.record(), () -> {});
            case Effect.StoreThenSend store -> storeThenSend(store);
            case Effect.StoreThenTell store -> storeThenTell(store);
            case Effect.Probe probe -> probe(probe);
            case Effect.SendToPartner message -> toPartner(message);
            case Effect.DropLink drop -> drop(drop);
        }
    }

    private void storeThenSend(Effect.StoreThenSend store) {
        if (mistake.repliesBeforeSync()) {
            reply(store.reply());
            disk.store(store.record(), () -> {});
            return;
        }
        long decided = world.now();
        disk.store(store.record(), () -> {
            if (world.now() - decided < REPLY_AGE_MAX) {
                reply(store.reply());
            }
        });
    }

    private void storeThenTell(Effect.StoreThenTell store) {
        Runnable tell = () -> submit(running -> running.stored(store.number(), clock.seconds(), this::effect));
        if (mistake.tellsBeforeSync()) {
            world.after(0, tell);
            disk.store(store.record(), () -> {});
        } else {
            disk.store(store.record(), tell);
        }
    }

    private void reply(Reply reply) {
        world.say(() -> role + " replies " + Lines.of(reply.packet()));
        witness.replied(this, reply);
        replies.accept(reply);
    }

    private void probe(Effect.Probe probe) {
        int of = life;
        world.after(500, () -> {
            if (of == life) {
                submit(running ->
                        running.probed(probe.number(), isUsed.test(probe.address()), clock.seconds(), this::effect));
            }
        });
    }

    /** For the session in which the engine said it, and for no later one. */
    private void toPartner(Effect.SendToPartner effect) {
        PartnerLink own = link();
        long session = own.session(this);
        Runnable send = () -> own.send(this, session, effect.message());
        if (mistake.leavesBeforeSync(effect.message())) {
            send.run();
        } else {
            disk.store(null, send);
        }
    }

    private void drop(Effect.DropLink effect) {
        PartnerLink own = link();
        long session = own.session(this);
        Runnable drop = () -> own.drop(this, session, effect.reason());
        if (effect.atOnce()) {
            drop.run();
        } else {
            disk.store(null, drop);
        }
    }

    private PartnerLink link() {
        PartnerLink own = link;
        assertThat(own).isNotNull();
        return own;
    }

    @Override
    public String toString() {
        return role.toString();
    }
}
