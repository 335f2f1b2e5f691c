package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Configuration;
import io.dhcpfailover.node.engine.Effect;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.journal.Journal;
import io.dhcpfailover.node.journal.SimulatedStorage;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A server with the real engine and journal: what its threads do is done here, one event after the other. */
final class SimulatedServer {

    private static final class Waiting {
        private final byte @Nullable [] record;
        private final @Nullable Reply reply;

        private final Runnable then;

        Waiting(byte @Nullable [] record, @Nullable Reply reply, Runnable then) {
            this.record = record;
            this.reply = reply;
            this.then = then;
        }
    }

    private final World world;
    private final SimulatedStorage storage;
    private final Consumer<Reply> replies;
    private final Predicate<Ipv4Address> isUsed;
    private Configuration configuration;
    private List<Waiting> queue = new ArrayList<>();
    private @Nullable Engine engine;
    private @Nullable Journal journal;
    private final Durable durable = new Durable();
    private long clockError;
    private int life;

    SimulatedServer(World world, Configuration configuration, Consumer<Reply> replies, Predicate<Ipv4Address> isUsed) {
        this.world = world;
        this.storage = new SimulatedStorage(world.random());
        this.configuration = configuration;
        this.replies = replies;
        this.isUsed = isUsed;
        start();
    }

    SimulatedStorage storage() {
        return storage;
    }

    boolean runs() {
        return engine != null;
    }

    @Nullable Engine engine() {
        return engine;
    }

    /** The time that its clock shows. */
    long seconds() {
        return (world.now() + clockError) / 1000;
    }

    /** Begins with what the disk holds. */
    void start() {
        BindingTable table = new BindingTable(world.random().nextLong());
        try {
            journal = Journal.open(storage, world.random()::nextLong, record -> StoredRecords.replay(record, table))
                    .journal();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        durable.check(table);
        Engine started = new Engine(table, world.random().nextLong());
        started.setLinks(List.of(new Link(1, new InterfaceName("lan0"), List.of(Ipv4Address.parse("192.0.2.1")))));
        started.configure(configuration);
        engine = started;
        queue = new ArrayList<>();
        life++;
        started.start(seconds(), this::effect);
        tick(life);
    }

    private void tick(int of) {
        Engine running = engine;
        if (of == life && running != null) {
            running.tick(seconds());
            world.after(1000, () -> tick(of));
        }
    }

    /** Loses power, or only its process: either way what was not durable may be gone. */
    void stop(boolean power) {
        engine = null;
        journal = null;
        life++;
        if (power) {
            storage.crash();
        } else {
            storage.kill();
        }
    }

    void configure(Configuration next) {
        configuration = next;
        Engine running = engine;
        if (running != null) {
            running.configure(next);
        }
    }

    /** Somebody sets the clock. A clock of a server that is down can only go back without anybody noticing. */
    void setClock(long seconds) {
        clockError += seconds * 1000;
        Engine running = engine;
        if (running != null) {
            running.clockStepped(seconds, this::effect);
        }
    }

    void receive(DhcpPacket packet, Origin origin) {
        Engine running = engine;
        if (running != null) {
            running.receive(packet, origin, seconds(), this::effect);
        }
    }

    private void effect(Effect effect) {
        switch (effect) {
            case Effect.Send send -> replies.accept(send.reply());
            case Effect.Store store -> enqueue(new Waiting(store.record(), null, () -> {}));
            case Effect.StoreThenSend store -> enqueue(new Waiting(store.record(), store.reply(), () -> {}));
            case Effect.StoreThenTell _, Effect.SendToPartner _, Effect.DropLink _ ->
                throw new IllegalStateException("this server has no partner: " + effect);
            case Effect.Probe probe -> {
                int of = life;
                world.after(500, () -> {
                    Engine running = engine;
                    if (of == life && running != null) {
                        running.probed(probe.number(), isUsed.test(probe.address()), seconds(), this::effect);
                    }
                });
            }
        }
    }

    private void enqueue(Waiting waiting) {
        queue.add(waiting);
        if (queue.size() == 1) {
            int of = life;
            // A disk stalls at times.
            world.after(1 + world.random().nextInt(world.oneOf(10) ? 2000 : 30), () -> commit(of));
        }
    }

    private void commit(int of) {
        Journal open = journal;
        Engine running = engine;
        if (of != life || open == null || running == null) {
            return;
        }
        List<byte[]> records = new ArrayList<>();
        for (Waiting waiting : queue) {
            if (waiting.record != null) {
                records.add(waiting.record);
            }
        }
        try {
            open.append(records);
        } catch (IOException full) {
            durable.tried(records);
            running.setStorageFailing(true);
            world.after(200, () -> commit(of));
            return;
        }
        durable.stored(records);
        running.setStorageFailing(false);
        List<Waiting> durable = queue;
        queue = new ArrayList<>();
        for (Waiting waiting : durable) {
            if (waiting.reply != null) {
                replies.accept(waiting.reply);
            }
            waiting.then.run();
        }
    }

    /**
     * A snapshot, with whatever happens between its parts. It begins once everything is stored that was decided on: a
     * clock step that the bindings have taken already must not come after them again.
     *
     * @param written what happens right after it
     */
    void snapshot(Runnable written) {
        if (queue.isEmpty()) {
            begin(written);
        } else {
            queue.add(new Waiting(null, null, () -> begin(written)));
        }
    }

    private void begin(Runnable written) {
        Journal open = journal;
        Engine running = engine;
        if (open == null || running == null) {
            return;
        }
        try {
            long at = open.rotate();
            List<byte[]> records = new ArrayList<>();
            int of = life;
            slice(of, running, records, 0, running.clockSteps(), () -> write(open, at, records, written));
        } catch (IOException full) {
            assertThat(full).hasMessageNotContaining("damaged");
        }
    }

    private void slice(int of, Engine running, List<byte[]> records, int from, long steps, Runnable write) {
        List<byte[]> part = running.records(from, 3);
        records.addAll(part);
        if (!part.isEmpty()) {
            world.after(50, () -> {
                if (of == life && steps == running.clockSteps()) {
                    slice(of, running, records, from + part.size(), steps, write);
                }
            });
            return;
        }
        // What a snapshot shows must be durable before it counts.
        if (queue.isEmpty()) {
            write.run();
        } else {
            queue.add(new Waiting(null, null, write));
        }
    }

    private static void write(Journal open, long at, List<byte[]> records, Runnable written) {
        try {
            open.snapshot(at, records.iterator());
            written.run();
        } catch (IOException full) {
            assertThat(full).hasMessageNotContaining("damaged");
        }
    }
}
