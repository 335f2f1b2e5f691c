package io.dhcpfailover.node.manage.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.node.manage.api.NodeOperations.NotDone;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * The stream of a server's status: one thread looks at it and writes it down once for all who watch. What people want to
 * know at once is sent at once; what is only counted, once a second. A watcher that reads slowly misses what is older than
 * the latest, and one that does not read is dropped.
 */
final class StatusFeed {

    /** How often it is looked at where nobody says that it has changed. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How often at most, however many changes there are and however many begin to watch. */
    private static final Duration REST = Duration.ofMillis(20);

    /** Proxies close what is silent for longer, and a reader that is gone is noticed. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    /** A reader that takes nothing for so long is not there. */
    private static final Duration STALLED_MAX = Duration.ofSeconds(30);

    private static final byte[] COMMENT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);
    private static final Logger LOG = LoggerFactory.getLogger(StatusFeed.class);

    private final NodeOperations node;
    private final ObjectMapper mapper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Thread thread;
    // Guarded by the lock.
    private final List<Watcher> watchers = new ArrayList<>();
    private boolean signal;
    private boolean closed;
    // Of the thread.
    private @Nullable NodeStatus last;
    private long sentAt = System.nanoTime();

    /** Who watches. */
    private static final class Watcher {
        final FluxSink<byte[]> sink;
        boolean begun;
        long stalledSince;

        Watcher(FluxSink<byte[]> sink) {
            this.sink = sink;
        }
    }

    StatusFeed(NodeOperations node, ObjectMapper mapper) {
        this.node = node;
        this.mapper = mapper;
        this.thread = Thread.ofPlatform().daemon().name("status").start(this::run);
    }

    /** Something has changed that people want to know at once; in any thread, and returns at once. */
    void changed() {
        lock.lock();
        try {
            signal = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Server-sent events, each with the status: one at once, then one for each change. */
    Publisher<byte[]> watch() {
        return Flux.create(
                sink -> {
                    Watcher watcher = new Watcher(sink);
                    sink.onDispose(() -> remove(watcher));
                    add(watcher);
                },
                FluxSink.OverflowStrategy.LATEST);
    }

    private void add(Watcher watcher) {
        lock.lock();
        try {
            if (closed) {
                watcher.sink.complete();
            } else {
                watchers.add(watcher);
                signal = true;
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void remove(Watcher watcher) {
        lock.lock();
        try {
            watchers.remove(watcher);
        } finally {
            lock.unlock();
        }
    }

    /** How many watch. */
    int watchers() {
        lock.lock();
        try {
            return watchers.size();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (List<Watcher> watching = await(); watching != null; watching = await()) {
                look(watching);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for something to look at; null where it is over. */
    private @Nullable List<Watcher> await() throws InterruptedException {
        lock.lock();
        try {
            long rest = REST.toNanos();
            while (!closed && rest > 0) {
                rest = work.awaitNanos(rest);
            }
            long left = LOOK.toNanos();
            while (!closed && !signal && (watchers.isEmpty() || left > 0)) {
                if (watchers.isEmpty()) {
                    work.await();
                } else {
                    left = work.awaitNanos(left);
                }
            }
            signal = false;
            return closed ? null : new ArrayList<>(watchers);
        } finally {
            lock.unlock();
        }
    }

    private void look(List<Watcher> watching) {
        if (watching.isEmpty()) {
            return;
        }
        try {
            NodeStatus now = node.status();
            NodeStatus before = last;
            boolean changed = before == null || !now.at(before.time()).equals(before);
            if (changed || watching.stream().anyMatch(watcher -> !watcher.begun)) {
                byte[] event = event(now);
                last = now;
                watching.stream().filter(watcher -> changed || !watcher.begun).forEach(watcher -> send(watcher, event));
            }
        } catch (NotDone e) {
            LOG.warn("Who watches is told nothing new: {}", e.getMessage());
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.error("The status cannot be told", e);
        }
        keepAlive(watching);
    }

    private void keepAlive(List<Watcher> watching) {
        long now = System.nanoTime();
        if (now - sentAt >= KEEP_ALIVE.toNanos()) {
            sentAt = now;
            // Where an event waits for its reader, the comment would take its place.
            watching.stream()
                    .filter(watcher -> watcher.sink.requestedFromDownstream() > 0)
                    .forEach(watcher -> watcher.sink.next(COMMENT));
        }
        watching.forEach(watcher -> dropStalled(watcher, now));
    }

    private static void dropStalled(Watcher watcher, long now) {
        if (watcher.sink.requestedFromDownstream() > 0) {
            watcher.stalledSince = 0;
        } else if (watcher.stalledSince == 0) {
            watcher.stalledSince = now;
        } else if (now - watcher.stalledSince > STALLED_MAX.toNanos()) {
            watcher.sink.error(new IllegalStateException("the reader takes nothing"));
        }
    }

    private static void send(Watcher watcher, byte[] event) {
        watcher.begun = true;
        watcher.sink.next(event);
    }

    private byte[] event(NodeStatus status) throws JsonProcessingException {
        byte[] json = mapper.writeValueAsBytes(status);
        byte[] before = "data: ".getBytes(StandardCharsets.UTF_8);
        byte[] event = new byte[before.length + json.length + 2];
        System.arraycopy(before, 0, event, 0, before.length);
        System.arraycopy(json, 0, event, before.length, json.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }

    /** Ends all streams. */
    void close() throws InterruptedException {
        List<Watcher> rest;
        lock.lock();
        try {
            closed = true;
            rest = new ArrayList<>(watchers);
            work.signal();
        } finally {
            lock.unlock();
        }
        thread.join(TimeUnit.SECONDS.toMillis(5));
        rest.forEach(watcher -> watcher.sink.complete());
    }
}
