package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.journal.GroupCommit;
import io.dhcpfailover.node.journal.Journal;
import io.dhcpfailover.node.journal.SnapshotPolicy;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes snapshots when they are worth it, in a thread of their own; the engine makes them slice by slice between packets. */
final class Snapshots {

    /** Records of a slice: the engine makes them in well under a millisecond. */
    private static final int SLICE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final Engine engine;
    private final Intake intake;
    private final Journal journal;
    private final GroupCommit commit;
    private final SnapshotPolicy policy;
    private final AtomicReference<@Nullable Thread> running = new AtomicReference<>();

    Snapshots(Engine engine, Intake intake, Journal journal, GroupCommit commit, SnapshotPolicy policy) {
        this.engine = engine;
        this.intake = intake;
        this.journal = journal;
        this.commit = commit;
        this.policy = policy;
    }

    /** Begins one where it is due and none is being written. */
    void consider() {
        if (policy.isDue(journal.segmentLength(), journal.snapshotLength()) && running.get() == null) {
            Thread thread = Thread.ofPlatform().name("snapshot").unstarted(this::write);
            if (running.compareAndSet(null, thread)) {
                thread.start();
            }
        }
    }

    /** Whether one is being written. */
    boolean isRunning() {
        return running.get() != null;
    }

    /** Gives up the one that is being written. */
    void stop() throws InterruptedException {
        Thread thread = running.get();
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
    }

    private void write() {
        try {
            // In the engine's thread, so that no step of the clock falls between the two.
            CompletableFuture<Start> begun = new CompletableFuture<>();
            intake.submit(() -> begun.complete(new Start(commit.rotate(), engine.clockSteps())));
            Start start = begun.get();
            journal.snapshot(start.rotation.get(), new Slices(start.clockSteps));
        } catch (IOException | ExecutionException | GivenUp e) {
            LOG.warn(
                    "A snapshot was given up; the journal is whole, and the next one is tried later: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.set(null);
        }
    }

    private record Start(CompletableFuture<Long> rotation, long clockSteps) {}

    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1;

        GivenUp(String why) {
            super(why);
        }
    }

    private final class Slices implements Iterator<byte[]> {

        private final Queue<byte[]> slice = new ArrayDeque<>();
        private int place;
        private final long clockSteps;
        private boolean ended;

        Slices(long clockSteps) {
            this.clockSteps = clockSteps;
        }

        @Override
        public boolean hasNext() {
            if (slice.isEmpty() && !ended) {
                List<byte[]> next = inEngine();
                slice.addAll(next);
                place += next.size();
                if (next.isEmpty()) {
                    ended = true;
                    waitUntilDurable();
                }
            }
            return !slice.isEmpty();
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return slice.remove();
        }

        private List<byte[]> inEngine() {
            CompletableFuture<List<byte[]>> made = new CompletableFuture<>();
            intake.submit(() -> {
                if (clockSteps != engine.clockSteps()) {
                    made.completeExceptionally(new GivenUp("the clock was set meanwhile"));
                } else {
                    made.complete(engine.records(place, SLICE));
                }
            });
            return await(made);
        }

        private void waitUntilDurable() {
            CompletableFuture<List<byte[]>> durable = new CompletableFuture<>();
            if (!commit.offer(null, () -> durable.complete(List.of()))) {
                throw new GivenUp("the journal takes nothing now");
            }
            await(durable);
        }

        private static List<byte[]> await(CompletableFuture<List<byte[]>> future) {
            try {
                return future.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new GivenUp("the server ends");
            } catch (ExecutionException e) {
                throw new GivenUp(String.valueOf(e.getCause()));
            }
        }
    }
}
