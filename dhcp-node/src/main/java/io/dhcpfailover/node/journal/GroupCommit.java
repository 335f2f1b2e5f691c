package io.dhcpfailover.node.journal;

import io.dhcpfailover.node.journal.BatchQueue.Batch;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes records durable in a thread of its own, many to one sync: while a sync runs, records gather, and the next sync
 * is for all of them. A record that comes alone waits for one sync only.
 *
 * <p>While the disk is full or fails, nothing is said to be durable; it is tried again until it succeeds, and then
 * everything goes on by itself.
 */
public final class GroupCommit implements Closeable {

    /** What is told in the committing thread. None of it may throw: nothing would be committed any more. */
    public interface Listener {

        /** A commit failed, for the first time since the last that succeeded. */
        void failing(IOException reason);

        /** A commit has succeeded after others failed. */
        void recovered();

        /** What was to run once a record was durable has thrown this; the others run nevertheless. */
        void failed(Throwable reason);

        /**
         * All has run that was waiting for a commit: whatever it has gathered may go out at once.
         *
         * @param records how many became durable; 0 where it was only waited for those before
         * @param nanoseconds from the first attempt to write them until they were durable
         */
        void committed(int records, long nanoseconds);
    }

    /** After a failure: short, since nobody gets a new lease meanwhile, and long enough not to load a failing disk. */
    private static final long RETRY_MILLISECONDS = 200;

    /**
     * After a batch of more records it waits until so long after its start, so that the next one has more still: with many
     * records a second, syncs are most of what they cost. Whoever comes alone waits for nothing.
     */
    private static final int BUSY = 2;

    private static final long REST_NANOS = 1_000_000;

    private static final long IDLE = Long.MIN_VALUE;

    /** A stop that takes longer is taken for one that hangs. */
    private static final Duration CLOSE_MAX = Duration.ofSeconds(1);

    private final Journal journal;
    private final Listener listener;
    private final BatchQueue queue;
    private final Thread thread;

    /** When the records were begun that are being written, by {@link System#nanoTime}; {@link #IDLE} for none. */
    private volatile long begun = IDLE;

    /**
     * Commits to a journal, which belongs to it from now on, but for its snapshots and lengths; at most
     * {@code capacity} entries wait.
     */
    public GroupCommit(Journal journal, int capacity, Listener listener) {
        this.journal = journal;
        this.listener = listener;
        this.queue = new BatchQueue(capacity);
        this.thread = Thread.ofPlatform().name("journal").start(this::run);
    }

    /**
     * Gives a record to be made durable.
     *
     * @param record null to wait only until all that was given before is durable
     * @param durable runs in the committing thread once it is; in the order in which they were given
     * @return false where too many wait already or it is closed, and this one is not taken
     * @throws IllegalArgumentException where the record is longer than 1 MiB
     */
    public boolean offer(byte @Nullable [] record, Runnable durable) {
        if (record != null) {
            Frames.length(record);
        }
        return queue.offer(record, durable);
    }

    /**
     * Begins a new segment behind all that was given before, and before all that is given from now on.
     *
     * @return completed in the committing thread, with what {@link Journal#rotate} returns; with the IOException where
     *     that fails, and the old segment is gone on with
     */
    public CompletableFuture<Long> rotate() {
        CompletableFuture<Long> rotation = new CompletableFuture<>();
        queue.rotate(rotation);
        return rotation;
    }

    /** How many entries wait. */
    public int waiting() {
        return queue.waiting();
    }

    /** For how long it has been busy with the same records: what comes after them waits for as long at least. */
    public Duration busy() {
        long since = begun;
        return since == IDLE ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    private void run() {
        Batch batch = null;
        try {
            batch = queue.next(null);
            while (batch != null) {
                commit(batch);
                batch = queue.next(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // However it ends, nothing is taken that nobody would commit.
            queue.giveUp(batch);
        }
    }

    private void commit(Batch batch) throws InterruptedException {
        long start = System.nanoTime();
        begun = start;
        append(batch.records());
        begun = IDLE;
        long duration = System.nanoTime() - start;
        for (Runnable durable : batch.durable()) {
            tell(durable);
        }
        listener.committed(batch.records().size(), duration);
        CompletableFuture<Long> rotation = batch.rotation();
        if (rotation != null) {
            rotate(rotation);
        }
        long rest = start + REST_NANOS - System.nanoTime();
        if (batch.records().size() >= BUSY && rest > 0) {
            LockSupport.parkNanos(rest);
        }
    }

    private void append(List<byte[]> records) throws InterruptedException {
        for (boolean failing = false; ; failing = true) {
            try {
                journal.append(records);
                if (failing) {
                    listener.recovered();
                }
                return;
            } catch (IOException | RuntimeException e) {
                if (!failing) {
                    listener.failing(e instanceof IOException reason ? reason : new IOException(e));
                }
                Thread.sleep(RETRY_MILLISECONDS);
            }
        }
    }

    // One mistake of a caller must not keep all others from what they wait for.
    private void tell(Runnable durable) {
        try {
            durable.run();
        } catch (Throwable e) {
            listener.failed(e);
        }
    }

    private void rotate(CompletableFuture<Long> rotation) {
        try {
            rotation.complete(journal.rotate());
        } catch (IOException | RuntimeException e) {
            rotation.completeExceptionally(e);
        }
    }

    /**
     * Commits what waits, and ends; what cannot be committed within a second is given up, as nobody was told of it. A
     * snapshot must have ended before.
     */
    @Override
    public void close() throws IOException {
        queue.close();
        boolean interrupted = false;
        long end = System.nanoTime() + CLOSE_MAX.toNanos();
        while (thread.isAlive()) {
            try {
                if (!thread.join(Duration.ofNanos(end - System.nanoTime()))) {
                    thread.interrupt();
                    thread.join();
                }
            } catch (InterruptedException e) {
                // The journal is not closed under the hands of the thread that writes to it.
                interrupted = true;
            }
        }
        try {
            journal.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
