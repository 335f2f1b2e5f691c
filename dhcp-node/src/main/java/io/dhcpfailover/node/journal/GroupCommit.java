package io.dhcpfailover.node.journal;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Makes records durable in a thread of its own, many to one sync: while a sync runs, records gather, and the next sync
 * is for all of them. A record that comes alone waits for one sync only.
 *
 * <p>While the disk is full or fails, nothing is said to be durable; it is tried again until it succeeds, and then
 * everything goes on by itself.
 */
public final class GroupCommit implements Closeable {

    /** What is told of the disk, in the committing thread. */
    public interface Listener {

        /** A commit failed, for the first time since the last that succeeded. */
        void failing(IOException reason);

        /** A commit has succeeded after others failed. */
        void recovered();
    }

    /** After a failure: short, since nobody gets a new lease meanwhile, and long enough not to load a failing disk. */
    private static final long RETRY_MILLISECONDS = 200;

    private static final class Entry {
        private final byte[] record;
        private final Runnable durable;

        Entry(byte[] record, Runnable durable) {
            this.record = record;
            this.durable = durable;
        }
    }

    private final Journal journal;
    private final Listener listener;
    private final BlockingQueue<Entry> queue;
    private final int capacity;
    private final Thread thread;
    private volatile boolean closed;

    /** Commits to a journal, which belongs to it from now on; at most {@code capacity} records wait. */
    public GroupCommit(Journal journal, int capacity, Listener listener) {
        this.journal = journal;
        this.listener = listener;
        this.capacity = capacity;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = Thread.ofPlatform().name("journal").start(this::run);
    }

    /**
     * Gives a record to be made durable.
     *
     * @param durable runs in the committing thread once it is; records become durable in their order
     * @return false where too many wait already, and this one is not taken
     */
    public boolean offer(byte[] record, Runnable durable) {
        return !closed && queue.offer(new Entry(record, durable));
    }

    /** How many records wait. */
    public int waiting() {
        return queue.size();
    }

    private void run() {
        List<Entry> batch = new ArrayList<>();
        try {
            while (!closed || !queue.isEmpty()) {
                Entry first = queue.poll(RETRY_MILLISECONDS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, capacity);
                    commit(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // However it ends, nothing is taken that nobody would commit.
            closed = true;
        }
    }

    private void commit(List<Entry> batch) throws InterruptedException {
        List<byte[]> records = batch.stream().map(entry -> entry.record).toList();
        for (boolean failing = false; ; failing = true) {
            try {
                journal.append(records);
                if (failing) {
                    listener.recovered();
                }
                batch.forEach(entry -> entry.durable.run());
                return;
            } catch (IOException e) {
                if (!failing) {
                    listener.failing(e);
                }
                Thread.sleep(RETRY_MILLISECONDS);
            }
        }
    }

    /** Commits what waits, and ends; what cannot be committed within a second is given up, as nobody was told of it. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            if (!thread.join(Duration.ofSeconds(1))) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}
