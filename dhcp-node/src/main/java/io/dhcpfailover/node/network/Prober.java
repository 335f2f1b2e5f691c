package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.Closeable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks by ICMP echo whether anyone uses an address (RFC 2131, section 2.2). Where that is not permitted, nobody does.
 */
public final class Prober implements Closeable {

    /** Probes that run at once: an address is probed once before it is offered, so more would be a flood. */
    public static final int PROBES_MAX = 256;

    /** Answers that are read before the loop goes on with its other sockets, which level-triggered events allow. */
    private static final int ANSWERS_AT_ONCE = 64;

    private static final int SEQUENCES = 1 << 16;
    private static final int ATTEMPTS_MAX = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    private final NetworkLoop loop;
    private final IoEventLoop executor;
    private final @Nullable EchoSocket socket;
    private final @Nullable IoRegistration registration;
    private final AtomicInteger running = new AtomicInteger();
    private final Map<Integer, Probe> bySequence = new HashMap<>();
    private int lastSequence;

    /**
     * Opens its socket, and says in the log where that is not permitted.
     *
     * @throws NetworkException where the loop has ended
     */
    public Prober(NetworkLoop loop) throws NetworkException {
        this.loop = loop;
        this.executor = loop.executor();
        this.socket = loop.call(Prober::open);
        this.registration = socket == null ? null : register(new Handle(socket));
    }

    private static @Nullable EchoSocket open() {
        try {
            return EchoSocket.open();
        } catch (NetworkException e) {
            LOG.warn("Addresses are offered without a probe: {}", e.getMessage());
            return null;
        }
    }

    private IoRegistration register(Handle handle) throws NetworkException {
        return loop.call(() -> {
            Future<IoRegistration> registered = executor.register(handle);
            if (!registered.isSuccess()) {
                throw new NetworkException("the socket for ICMP cannot be waited for: " + registered.cause());
            }
            registered.getNow().submit(EpollIoOps.EPOLLIN);
            return registered.getNow();
        });
    }

    /**
     * Starts a probe.
     *
     * @param attempts how many requests may stay without an answer, 1 to 5
     * @param timeout how long each waits for one
     * @param inUse is told the result in the network's thread, once: true at the first answer, false when there was
     *     none to the last request
     * @return false where {@value #PROBES_MAX} run already, or the loop has ended, and this one does not run
     * @throws IllegalArgumentException when there are not 1 to 5 attempts
     */
    public boolean probe(Ipv4Address address, int attempts, Duration timeout, Consumer<Boolean> inUse) {
        if (attempts < 1 || attempts > ATTEMPTS_MAX) {
            throw new IllegalArgumentException(attempts + " attempts: there are 1 to " + ATTEMPTS_MAX);
        }
        Probe probe = new Probe(address, attempts, timeout.toNanos(), inUse);
        if (running.incrementAndGet() <= PROBES_MAX) {
            try {
                executor.execute(probe::attempt);
                return true;
            } catch (RejectedExecutionException e) {
                LOG.debug("The server ends: addresses are not probed any more", e);
            }
        }
        running.decrementAndGet();
        return false;
    }

    /** How many run. */
    public int running() {
        return running.get();
    }

    /** Closes the socket; probes that run end as if there was no answer. */
    @Override
    public void close() throws NetworkException {
        loop.call(() -> {
            List.copyOf(bySequence.values()).forEach(probe -> probe.end(false));
            if (registration != null) {
                registration.cancel();
            }
            return running;
        });
    }

    private void answers(EchoSocket open) {
        for (int i = 0; i < ANSWERS_AT_ONCE; i++) {
            switch (open.receive()) {
                case EchoSocket.Received.Nothing nothing -> {
                    return;
                }
                case EchoSocket.Received.Other other -> {}
                case EchoSocket.Received.Answer(Ipv4Address source, int sequence) -> {
                    Probe probe = bySequence.get(sequence);
                    // Whoever else answers says nothing of the address.
                    if (probe != null && probe.address.equals(source)) {
                        probe.end(true);
                    }
                }
            }
        }
    }

    /** One address that is asked for, in the network's thread. */
    private final class Probe {

        private final Ipv4Address address;
        private final long timeoutNanoseconds;
        private final Consumer<Boolean> inUse;
        private final int[] sequences;
        private int attempts;
        private boolean ended;
        private @Nullable ScheduledFuture<?> next;

        Probe(Ipv4Address address, int attempts, long timeoutNanoseconds, Consumer<Boolean> inUse) {
            this.address = address;
            this.sequences = new int[attempts];
            this.timeoutNanoseconds = timeoutNanoseconds;
            this.inUse = inUse;
        }

        void attempt() {
            if (socket == null || attempts == sequences.length) {
                end(false);
                return;
            }
            do {
                lastSequence = (lastSequence + 1) % SEQUENCES;
            } while (bySequence.containsKey(lastSequence));
            sequences[attempts++] = lastSequence;
            bySequence.put(lastSequence, this);
            // Where there is no way to the address nobody can answer, which is what the timeout finds.
            socket.send(address, lastSequence);
            next = executor.schedule(this::attempt, timeoutNanoseconds, TimeUnit.NANOSECONDS);
        }

        void end(boolean answered) {
            if (ended) {
                return;
            }
            ended = true;
            if (next != null) {
                next.cancel(false);
            }
            for (int i = 0; i < attempts; i++) {
                bySequence.remove(sequences[i]);
            }
            running.decrementAndGet();
            try {
                inUse.accept(answered);
            } catch (RuntimeException e) {
                LOG.warn("The result of the probe of {} was not taken", address, e);
            }
        }
    }

    /** The socket, as the loop knows it. */
    private final class Handle implements EpollIoHandle {

        private final EchoSocket open;
        private final FileDescriptor descriptor;

        Handle(EchoSocket open) {
            this.open = open;
            this.descriptor = new FileDescriptor(open.descriptor());
        }

        @Override
        public FileDescriptor fd() {
            return descriptor;
        }

        @Override
        public void handle(IoRegistration registered, IoEvent event) {
            answers(open);
        }

        @Override
        public void unregistered() {
            open.close();
        }

        /** The loop ends. */
        @Override
        public void close() {
            if (registration != null) {
                registration.cancel();
            }
        }
    }
}
