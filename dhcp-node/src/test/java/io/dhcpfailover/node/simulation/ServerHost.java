package io.dhcpfailover.node.simulation;

import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Configuration;
import io.dhcpfailover.node.engine.Effect;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.engine.StoredState;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The process of a server: the real engine and journal, with a disk, a clock and a process that can be frozen. What its
 * threads do is done here, one event after the other. It has a {@link PairServer} for each of its relationships.
 */
final class ServerHost {

    private static final long TICK = 1_000;

    private final World world;
    private final SimulatedClock clock;
    private final PairDisk disk;
    private final List<PairServer> servers = new ArrayList<>();
    private @Nullable Engine engine;
    private List<Runnable> delayed = new ArrayList<>();
    private boolean frozen;
    private boolean flushes;
    private int life;
    private boolean declaredDown;

    ServerHost(World world, SimulatedClock clock) {
        this.world = world;
        this.clock = clock;
        disk = new PairDisk(world, this);
    }

    /** Takes part in one more relationship, from its next start on. */
    void add(PairServer server) {
        servers.add(server);
    }

    /** What it is in each of its relationships. */
    List<PairServer> servers() {
        return servers;
    }

    SimulatedClock clock() {
        return clock;
    }

    PairDisk disk() {
        return disk;
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

    /** How often it was started or stopped: what belongs to an earlier life does not happen any more. */
    int life() {
        return life;
    }

    /**
     * Begins with what its disk holds.
     *
     * @param declaredDownAt when it was taken for down before, as who starts it says, in seconds; 0 where it was not
     */
    void start(long declaredDownAt) {
        declaredDown = declaredDownAt != 0;
        world.say(() -> this + " starts" + (declaredDown ? ", and is told that it was taken for down" : ""));
        life++;
        frozen = false;
        flushes = false;
        delayed = new ArrayList<>();
        List<byte[]> records = disk.open();
        StoredState stored = Records.state(records, world.random().nextLong());
        if (declaredDown) {
            servers.forEach(server -> stored.declaredDown(server.settings().name(), declaredDownAt));
        }
        Engine started = new Engine(stored, world.random().nextLong());
        started.setLinks(servers.stream()
                .map(server -> new Link(
                        server.settings().link(),
                        new InterfaceName("lan" + server.settings().link()),
                        List.of(server.address())))
                .toList());
        servers.forEach(server -> server.started(records));
        engine = started;
        submit(running -> {
            servers.forEach(PairServer::takeSettings);
            configure(running);
            servers.forEach(PairServer::configured);
        });
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
        world.say(() -> this + (power ? " loses power" : " is killed"));
        engine = null;
        frozen = false;
        delayed = new ArrayList<>();
        life++;
        disk.close(power);
        servers.forEach(server -> server.stopped(power));
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
        world.say(() -> this + " is frozen for " + milliseconds + " ms");
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
            world.say(() -> this + " goes on");
            frozen = false;
            List<Runnable> waiting = delayed;
            delayed = new ArrayList<>();
            waiting.forEach(Runnable::run);
        }
    }

    /** Has the engine take what all of its relationships and scopes are told to be. */
    void configure(Engine running) {
        List<ServedScope> scopes = new ArrayList<>();
        Map<String, Relationship> relationships = new HashMap<>();
        for (PairServer server : servers) {
            Configuration part = server.configuration();
            scopes.addAll(part.scopes().scopes());
            relationships.putAll(part.relationships());
        }
        running.configure(new Configuration(null, true, Set.of(), new ScopeTable(scopes), relationships));
    }

    /** A record has become durable. */
    void stored(byte[] record) {
        servers.forEach(server -> server.stored(record));
    }

    /** Records of which a store that failed, or lost power, may hold some. */
    void tried(List<byte[]> records) {
        servers.forEach(server -> server.witness().tried(server, records));
    }

    /** Its disk was replaced by an empty one. */
    void wiped() {
        servers.forEach(server -> server.witness().wiped(server));
    }

    /** Its disk was replaced by one that holds these records. */
    void putBack(List<byte[]> records) {
        servers.forEach(server -> server.witness().putBack(server, records));
    }

    /** Somebody sets its clock. One of a server that is down can only go back without anybody noticing. */
    void setClock(long seconds) {
        world.say(() -> this + " has its clock set by " + seconds + " s");
        clock.set(seconds);
        submit(running -> {
            servers.forEach(server -> server.witness().clockSet(server, seconds));
            running.clockStepped(seconds, this::effect);
        });
    }

    /** Where the engine puts what it wants done. */
    void effect(Effect effect) {
        switch (effect) {
            case Effect.Send send -> replies(send.reply()).reply(send.reply());
            case Effect.Store store -> disk.store(store.record(), () -> {});
            case Effect.StoreThenSend store -> replies(store.reply()).storeThenSend(store);
            case Effect.StoreThenTell store -> storeThenTell(store);
            case Effect.Probe probe ->
                of(each -> each.settings().contains(probe.address())).probe(probe);
            case Effect.SendToPartner message -> of(message.relationship()).toPartner(message);
            case Effect.DropLink drop -> of(drop.relationship()).drop(drop);
        }
    }

    private PairServer replies(Reply reply) {
        Ipv4Address source = reply.source();
        return of(server -> server.address().equals(source));
    }

    private PairServer of(String relationship) {
        return of(server -> server.settings().name().equals(relationship));
    }

    private PairServer of(Predicate<PairServer> what) {
        return servers.stream().filter(what).findFirst().orElseThrow();
    }

    private void storeThenTell(Effect.StoreThenTell store) {
        Runnable tell = () -> submit(running -> running.stored(store.number(), clock.seconds(), this::effect));
        if (servers.getFirst().mistake().tellsBeforeSync()) {
            world.after(0, tell);
            disk.store(store.record(), () -> {});
        } else {
            disk.store(store.record(), tell);
        }
    }

    @Override
    public String toString() {
        return servers.size() == 1 ? servers.getFirst().toString() : "the host of " + servers;
    }
}
