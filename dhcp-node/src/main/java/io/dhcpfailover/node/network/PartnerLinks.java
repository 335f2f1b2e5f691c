package io.dhcpfailover.node.network;

import io.dhcpfailover.node.failover.message.Extension;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.Octets;
import io.dhcpfailover.node.failover.session.Moment;
import io.netty.channel.ChannelFuture;
import java.io.Closeable;
import java.security.SecureRandom;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP links with the partners of all relationships: listens, dials, begins sessions, proves them alive and begins
 * them anew. Its methods may be called in any thread.
 */
public final class PartnerLinks implements Closeable {

    /** A tenth of the shortest contact interval. */
    private static final long TICK_MILLIS = 100;

    /** How long the last messages may take to leave at {@link #close}. */
    private static final long CLOSE_MILLIS = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(PartnerLinks.class);

    private final NetworkLoop loop;
    private final LinkCounters counters = new LinkCounters();
    private final LinkTable table;
    private final Queue<Outgoing> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Future<?> ticking;

    private record Outgoing(String relationship, long session, Message message) {}

    /**
     * Prepares them; there are none before {@link #configure}.
     *
     * @param clock the server's
     * @param random for what nobody may guess
     * @param receiver what comes in goes to
     */
    public PartnerLinks(NetworkLoop loop, Supplier<Moment> clock, SecureRandom random, PartnerReceiver receiver) {
        this.loop = loop;
        this.table = new LinkTable(new LinkSockets(loop.executor()), clock, () -> nonce(random), receiver, counters);
        this.ticking =
                loop.executor().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Octets nonce(SecureRandom random) {
        byte[] octets = new byte[Extension.NONCE_LENGTH];
        random.nextBytes(octets);
        return Octets.of(octets);
    }

    private void tick() {
        try {
            table.tick();
        } catch (RuntimeException e) {
            LOG.error("The links could not be looked at, and are again", e);
        }
    }

    /** Keeps these links from now on, and no others. Those that are as they were go on. */
    public void configure(PartnerPlan plan) {
        execute(() -> table.configure(plan));
    }

    /**
     * Sends a message, where the session of this number is still the one of its relationship. Messages of one thread
     * leave in the order of the calls.
     */
    public void send(String relationship, long session, Message message) {
        waiting.add(new Outgoing(relationship, session, message));
        // The thread is woken once for all that gathers until it comes.
        if (woken.compareAndSet(false, true)) {
            execute(this::drain);
        }
    }

    private void drain() {
        woken.set(false);
        for (Outgoing next = waiting.poll(); next != null; next = waiting.poll()) {
            table.send(next.relationship, next.session, next.message);
        }
        table.flush();
    }

    /** Closes the session of this number without a word, after what was sent before, and begins another. */
    public void drop(String relationship, long session, String reason) {
        execute(() -> {
            drain();
            table.drop(relationship, session, reason);
        });
    }

    /** What they have done so far. */
    public LinkCounters counters() {
        return counters;
    }

    private void execute(Runnable task) {
        try {
            loop.executor().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("The server ends: its links are closed", e);
        }
    }

    /** Sends what waits, tells all partners that the sessions end, and closes them. */
    @Override
    public void close() throws NetworkException {
        ticking.cancel(false);
        List<ChannelFuture> closing = loop.call(() -> {
            drain();
            return table.close();
        });
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
        for (ChannelFuture each : closing) {
            each.awaitUninterruptibly(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }
}
