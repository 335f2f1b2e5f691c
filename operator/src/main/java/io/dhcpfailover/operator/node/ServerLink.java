package io.dhcpfailover.operator.node;

import io.dhcpfailover.api.node.NodeStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to one server. One thread listens to what the server says, another tells it what it is to hold; both are
 * virtual, and go on until the link is closed. Whatever changes is told to a listener, which looks here for what it is.
 */
public final class ServerLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);

    /** A server that comes back is told what it is to hold within that time. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** A server sends something every fifteen seconds. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(40);

    private final String name;
    private final NodeClient client;
    private final InstantSource clock;
    private final Runnable changed;
    private final ConfigurationPush push;

    private final AtomicReference<Heard> heard;
    private final AtomicReference<Replication> replication = new AtomicReference<>(Replication.none());
    private volatile @Nullable URI server;
    private volatile @Nullable InputStream stream;
    private volatile long aliveNanos = System.nanoTime();
    private volatile boolean closed;

    private @Nullable Wish wish;
    private final Set<String> copies = new TreeSet<>();
    private boolean toDo;

    /**
     * A link that does nothing until it is told where the server is.
     *
     * @param name of the server, for the log
     * @param changed runs after anything that this link tells has changed, on one of its threads
     */
    ServerLink(String name, NodeClient client, InstantSource clock, Runnable changed) {
        this.name = name;
        this.client = client;
        this.clock = clock;
        this.changed = changed;
        this.push = new ConfigurationPush(client);
        this.heard = new AtomicReference<>(Heard.nothing(clock.instant()));
        Thread.ofVirtual().name("listens to " + name).start(this::listen);
        Thread.ofVirtual().name("tells " + name).start(this::tell);
    }

    /** Where the server is now; null where nobody knows. */
    public void aim(@Nullable URI where) {
        URI before = server;
        if (where == null ? before != null : !where.equals(before)) {
            server = where;
            hangUp();
        }
    }

    /** Where the server is; null where nobody knows. */
    public @Nullable URI server() {
        return server;
    }

    /** What the server is to hold from now on. */
    public synchronized void wish(Wish latest) {
        if (!latest.equals(wish)) {
            wish = latest;
            awaken();
        }
    }

    /** Copies scopes to the server, by their keys, that it would keep as it holds them. */
    public synchronized void copy(Set<String> keys) {
        copies.addAll(keys);
        awaken();
    }

    /** What is known of the server. */
    public Heard heard() {
        return heard.get();
    }

    /** Whether it may still answer the first call of this operator, or show what it holds, so that nothing can be said yet. */
    public boolean isAwaited(Instant now) {
        return heard().isAwaited(now) || (heard().isFresh(now) && replication().equals(Replication.none()));
    }

    /** How far the server holds what it is to hold. */
    public Replication replication() {
        return replication.get();
    }

    /** Looks at once whether the server still answers, because its partner has lost it. */
    public void doubt() {
        URI where = server;
        if (where == null || !heard.get().connected()) {
            return;
        }
        Thread.ofVirtual().name("doubts " + name).start(() -> {
            try {
                client.status(where);
            } catch (IOException e) {
                lost(e);
                hangUp();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        hangUp();
        synchronized (this) {
            notifyAll();
        }
    }

    private void listen() {
        while (!closed) {
            URI where = server;
            try {
                if (where != null) {
                    listen(where);
                }
            } catch (IOException | RuntimeException e) {
                lost(e);
            } catch (InterruptedException e) {
                return;
            }
            rest();
        }
    }

    private void listen(URI where) throws IOException, InterruptedException {
        try (InputStream opened = client.stream(where)) {
            stream = opened;
            aliveNanos = System.nanoTime();
            Thread watch = Thread.ofVirtual().name("watches " + name).start(this::hangUpWhenSilent);
            try {
                new StatusStream(() -> aliveNanos = System.nanoTime(), this::said).read(opened);
                lost(new IOException("it closed the connection"));
            } finally {
                watch.interrupt();
            }
        } finally {
            stream = null;
        }
    }

    private void said(NodeStatus status) {
        heard.updateAndGet(before -> before.said(status, clock.instant()));
        synchronized (this) {
            awaken();
        }
        changed.run();
    }

    private void lost(Exception why) {
        if (closed) {
            return;
        }
        String message = reason(why);
        Heard before = heard.getAndUpdate(known -> known.lost(message, clock.instant()));
        if (before.connected() || !before.failure().equals(message)) {
            LOG.info("DhcpServer {} is not reached at {}: {}", name, server, message);
            changed.run();
        }
    }

    private static String reason(Exception why) {
        if (why instanceof ConnectException) {
            return "nobody listens there, or nobody answers";
        }
        return why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    }

    private void hangUpWhenSilent() {
        try {
            while (System.nanoTime() - aliveNanos < SILENCE_MAX.toNanos()) {
                Thread.sleep(RETRY);
            }
            hangUp();
        } catch (InterruptedException e) {
            // The stream has ended.
        }
    }

    private void hangUp() {
        InputStream open = stream;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("DhcpServer {}: its stream did not close", name, e);
            }
        }
    }

    private void rest() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Under the lock. */
    private void awaken() {
        toDo = true;
        notifyAll();
    }

    private void tell() {
        try {
            while (!closed) {
                Wish latest;
                Set<String> copied;
                synchronized (this) {
                    while (!closed && (!toDo || wish == null)) {
                        wait();
                    }
                    toDo = false;
                    latest = wish;
                    copied = Set.copyOf(copies);
                }
                if (latest != null && !tell(latest, copied)) {
                    rest();
                    synchronized (this) {
                        toDo = true;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is nothing to try again. */
    private boolean tell(Wish latest, Set<String> copied) throws InterruptedException {
        Heard known = heard.get();
        URI where = server;
        NodeStatus status = known.status();
        if (where == null || status == null || !known.connected()) {
            return true;
        }
        try {
            Replication reached = push.step(where, status, latest, copied);
            replication(reached);
            if (reached.inStep()) {
                synchronized (this) {
                    copies.removeAll(copied);
                }
            }
            return true;
        } catch (IOException | RuntimeException e) {
            Replication before = replication.get();
            String message = reason(e);
            LOG.info("DhcpServer {} could not be told what it is to hold: {}", name, message);
            replication(new Replication(before.sent(), false, before.drifted(), before.refused(), message));
            return false;
        }
    }

    private void replication(Replication latest) {
        if (!latest.equals(replication.getAndSet(latest))) {
            changed.run();
        }
    }
}
