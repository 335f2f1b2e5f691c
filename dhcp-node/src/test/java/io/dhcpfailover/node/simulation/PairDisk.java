package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.journal.Journal;
import io.dhcpfailover.node.journal.SimulatedStorage;
import io.dhcpfailover.node.lease.StoredRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The journal of a server on its disk, which commits what waits in groups, as the process does. */
final class PairDisk {

    /** What is waited for: a record, or only all that came before. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Waiting(byte @Nullable [] record, Runnable durable) {}

    private static final int SLICE = 5;
    private static final long RETRY = 200;
    private static final int QUICK = 20;

    private final World world;
    private final ServerHost server;
    private SimulatedStorage storage;
    private List<Waiting> queue = new ArrayList<>();
    private @Nullable Journal journal;
    private int stall = QUICK;
    private boolean fails;
    private long soundSince;
    private long waitingSince;
    private int life;

    PairDisk(World world, ServerHost server) {
        this.world = world;
        this.server = server;
        this.storage = new SimulatedStorage(world.random());
    }

    /** All records that it holds, of a process that begins. */
    List<byte[]> open() {
        List<byte[]> records = new ArrayList<>();
        try {
            journal = Journal.open(storage, world.random()::nextLong, records::add)
                    .journal();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        queue = new ArrayList<>();
        fails = false;
        life++;
        return records;
    }

    /** The process ends. */
    void close(boolean power) {
        Journal open = journal;
        life++;
        if (power) {
            if (open != null && !queue.isEmpty() && world.oneOf(2)) {
                tear(open);
            }
            storage.crash();
        } else {
            storage.kill();
        }
        journal = null;
        queue = new ArrayList<>();
    }

    /** Power is lost in the middle of a write. */
    private void tear(Journal open) {
        storage.setSyncsFail(true);
        List<byte[]> records = records();
        server.tried(records);
        try {
            open.append(records);
        } catch (IOException expected) {
            assertThat(expected).hasMessageNotContaining("damaged");
        }
    }

    /** Another disk, on which nothing is. */
    void wipe() {
        world.say(() -> server + " has its disk wiped");
        storage = new SimulatedStorage(world.random());
        server.wiped();
    }

    /** What it holds now, for a time when somebody puts that back. */
    SimulatedStorage copy() {
        return storage.copy();
    }

    /** Another disk, on which that is. */
    void putBack(SimulatedStorage copy) {
        world.say(() -> server + " has an old disk put back");
        storage = copy.copy();
        List<byte[]> records = new ArrayList<>();
        try {
            // Of a copy: to look at a disk leaves it as it is.
            Journal.open(copy.copy(), world.random()::nextLong, records::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.putBack(records);
    }

    /** How many octets it still has room for. */
    void setRoom(long octets) {
        world.say(() -> server + " has room for " + octets + " octets");
        storage.setRoom(octets);
    }

    /** For how many milliseconds it stalls at times; few where it is sound. */
    void setStall(int milliseconds) {
        // What it was given before may take as long.
        soundSince = world.now() + stall;
        stall = Math.max(QUICK, milliseconds);
    }

    /** Since when, in true time, it has stored all that it was given, and soon. */
    long soundSince() {
        return fails || stall > QUICK ? Long.MAX_VALUE : soundSince;
    }

    /** For how many seconds it has been busy with the same records. */
    long busySeconds() {
        return queue.isEmpty() ? 0 : (world.now() - waitingSince) / 1000;
    }

    /** Has this done once a record, and all before it, is durable. */
    void store(byte @Nullable [] record, Runnable durable) {
        if (record == null && queue.isEmpty()) {
            durable.run();
            return;
        }
        queue.add(new Waiting(record, durable));
        if (queue.size() == 1) {
            waitingSince = world.now();
            commitAfter(1 + world.random().nextInt(world.oneOf(20) ? stall : QUICK));
        }
    }

    private void commitAfter(long milliseconds) {
        int of = life;
        world.after(
                milliseconds,
                () -> server.submit(running -> {
                    if (of == life) {
                        commit(running);
                    }
                }));
    }

    private List<byte[]> records() {
        List<byte[]> records = new ArrayList<>();
        for (Waiting waiting : queue) {
            if (waiting.record != null) {
                records.add(waiting.record);
            }
        }
        return records;
    }

    private void commit(Engine running) {
        Journal open = journal;
        if (open == null) {
            return;
        }
        List<byte[]> records = records();
        try {
            open.append(records);
        } catch (IOException full) {
            assertThat(full).hasMessageNotContaining("damaged");
            server.tried(records);
            fail(running, true);
            commitAfter(RETRY);
            return;
        }
        records.forEach(record -> {
            StoredRecords.each(record).forEach(one -> world.say(() -> server + " stored " + Lines.of(one)));
            server.stored(record);
        });
        fail(running, false);
        List<Waiting> committed = queue;
        queue = new ArrayList<>();
        committed.forEach(waiting -> waiting.durable.run());
    }

    private void fail(Engine running, boolean fail) {
        if (fail != fails) {
            world.say(() -> server + (fail ? " cannot store" : " stores again"));
            fails = fail;
            soundSince = world.now();
        }
        running.setStorageFailing(fail);
    }

    /** Begins a snapshot, in parts with other events between them, once all is stored that was decided on. */
    void snapshot() {
        world.say(() -> server + " takes a snapshot");
        store(null, () -> server.submit(this::begin));
    }

    private void begin(Engine running) {
        Journal open = journal;
        if (open == null || !queue.isEmpty()) {
            return;
        }
        try {
            long at = open.rotate();
            slice(running, at, new ArrayList<>(), 0, running.clockSteps(), life);
        } catch (IOException full) {
            assertThat(full).hasMessageNotContaining("damaged");
        }
    }

    private void slice(Engine running, long at, List<byte[]> records, int from, long steps, int of) {
        Journal open = journal;
        if (of != life || open == null || steps != running.clockSteps()) {
            return;
        }
        List<byte[]> part = running.records(from, SLICE);
        records.addAll(part);
        if (part.isEmpty()) {
            // What a snapshot shows must be durable before it counts.
            store(null, () -> write(open, at, records));
        } else {
            world.after(20, () -> server.submit(still -> slice(still, at, records, from + part.size(), steps, of)));
        }
    }

    private void write(Journal open, long at, List<byte[]> records) {
        try {
            open.snapshot(at, records.iterator());
            world.say(() -> server + " has a snapshot of " + records.size() + " records");
        } catch (IOException full) {
            assertThat(full).hasMessageNotContaining("damaged");
        }
    }
}
