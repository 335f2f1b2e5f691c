package io.dhcpfailover.node.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What waits for a commit: any threads add to it, and one takes all that has gathered at once. */
final class BatchQueue {

    /** What is committed by one sync. */
    static final class Batch {
        private final List<byte[]> records = new ArrayList<>();
        private final List<Runnable> durable = new ArrayList<>();
        private @Nullable CompletableFuture<Long> rotation;

        List<byte[]> records() {
            return records;
        }

        List<Runnable> durable() {
            return durable;
        }

        /** Asks for a new segment behind the batch, which nothing is added to then. */
        @Nullable CompletableFuture<Long> rotation() {
            return rotation;
        }
    }

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    // The rest is guarded by the lock.
    private final Deque<Batch> batches = new ArrayDeque<>();
    private @Nullable Batch spare;
    private int waiting;
    private boolean idle;
    private boolean closed;

    BatchQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds an entry; false where too many wait, or the queue is closed. */
    boolean offer(byte @Nullable [] record, Runnable durable) {
        lock.lock();
        try {
            if (closed || waiting >= capacity) {
                return false;
            }
            Batch last = open();
            if (record != null) {
                last.records.add(record);
            }
            last.durable.add(durable);
            waiting++;
            wake();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the batch that gathers with a rotation; fails it where the queue is closed. */
    void rotate(CompletableFuture<Long> rotation) {
        lock.lock();
        try {
            if (!closed) {
                open().rotation = rotation;
                wake();
                return;
            }
        } finally {
            lock.unlock();
        }
        fail(rotation);
    }

    /** How many entries wait. */
    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private Batch open() {
        Batch last = batches.peekLast();
        if (last == null || last.rotation != null) {
            last = spare == null ? new Batch() : spare;
            spare = null;
            batches.add(last);
        }
        return last;
    }

    private void wake() {
        if (idle) {
            work.signal();
        }
    }

    /** Waits for a batch; null where none comes any more. The one that is done is used again. */
    @Nullable Batch next(@Nullable Batch done) throws InterruptedException {
        if (done != null) {
            done.records.clear();
            done.durable.clear();
            done.rotation = null;
        }
        lock.lockInterruptibly();
        try {
            spare = done;
            while (batches.isEmpty() && !closed) {
                idle = true;
                work.await();
            }
            idle = false;
            Batch batch = batches.poll();
            if (batch != null) {
                waiting -= batch.durable.size();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more entries; those that wait can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Closes, and gives up what waits and the batch that could not be finished: nobody waits for what never comes. */
    void giveUp(@Nullable Batch unfinished) {
        List<Batch> left = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            if (unfinished != null) {
                left.add(unfinished);
            }
            left.addAll(batches);
            batches.clear();
            waiting = 0;
        } finally {
            lock.unlock();
        }
        for (Batch batch : left) {
            if (batch.rotation != null) {
                fail(batch.rotation);
            }
        }
    }

    private static void fail(CompletableFuture<Long> rotation) {
        rotation.completeExceptionally(new IOException("the journal is closed"));
    }
}
