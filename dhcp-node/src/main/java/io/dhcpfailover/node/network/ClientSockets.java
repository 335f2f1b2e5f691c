package io.dhcpfailover.node.network;

import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.engine.Reply;
import java.io.Closeable;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP sockets for clients and relays: one for each interface that is served, which opens and closes as interfaces
 * come and go. Its methods may be called in any thread.
 */
public final class ClientSockets implements Closeable {

    /** An interface that cannot be served, and why; the reason says what to do. */
    public record Unserved(Link link, String reason) {}

    /** Replies that may wait for the network's thread: what it sends in about 50 ms. Clients ask again for the rest. */
    private static final int WAITING_MAX = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger(ClientSockets.class);

    private final NetworkLoop loop;
    private final OpenSockets sockets;
    private final ReplyWriter writer;
    private final Counters counters = new Counters();
    private final BlockingQueue<Reply> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicBoolean woken = new AtomicBoolean();

    /**
     * Prepares them; none is open before {@link #serve}.
     *
     * @param receiver what comes in goes to
     * @throws NetworkException where the loop has ended
     */
    public ClientSockets(NetworkLoop loop, Binding binding, Receiver receiver) throws NetworkException {
        this.loop = loop;
        this.sockets = new OpenSockets(loop.executor(), binding, receiver, counters);
        this.writer =
                loop.call(() -> new ReplyWriter(sockets, binding, binding.byInterface() ? frames() : null, counters));
    }

    private static @Nullable LinkSender frames() {
        try {
            return PacketSocket.open();
        } catch (NetworkException e) {
            LOG.warn("Clients without an address are answered by broadcast: {}", e.getMessage());
            return null;
        }
    }

    /**
     * Serves these interfaces from now on, and no others. Those that were served before go on without losing a packet;
     * those that could not be are tried again.
     *
     * @param links each interface once
     * @return what cannot be served
     * @throws NetworkException where the loop has ended
     */
    public List<Unserved> serve(Collection<Link> links) throws NetworkException {
        return loop.call(() -> sockets.serve(links));
    }

    /**
     * Takes a reply, which leaves at the next {@link #flush} at the latest.
     *
     * @return false where too many wait already, and this one is not taken
     */
    public boolean send(Reply reply) {
        if (waiting.offer(reply)) {
            return true;
        }
        counters.add(Counters.Kind.OVERFLOWED);
        return false;
    }

    /** Has the network's thread send all that was taken; does not wait for it. */
    public void flush() {
        // The thread is woken once for all that gathers until it comes.
        if (!waiting.isEmpty() && woken.compareAndSet(false, true)) {
            try {
                loop.executor().execute(this::drain);
            } catch (RejectedExecutionException e) {
                LOG.debug("The server ends: replies are not sent any more", e);
            }
        }
    }

    private void drain() {
        woken.set(false);
        writer.write(waiting);
    }

    /** How many replies wait for the network's thread. */
    public int waiting() {
        return waiting.size();
    }

    /** What they have done so far. */
    public Counters counters() {
        return counters;
    }

    /** Sends what waits, and closes all. */
    @Override
    public void close() throws NetworkException {
        loop.call(() -> {
            drain();
            sockets.serve(List.of());
            writer.close();
            return counters;
        });
    }
}
