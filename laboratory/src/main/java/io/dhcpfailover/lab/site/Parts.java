package io.dhcpfailover.lab.site;

import io.dhcpfailover.lab.kubernetes.ApiException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a laboratory has started, the last first. It may be closed in any thread, at any moment, also while a part is being
 * started: that one is waited for and closed, and none is started after it.
 */
final class Parts implements Closeable {

    private final Deque<Closeable> started = new ArrayDeque<>();
    private volatile boolean closed;

    /**
     * Starts a part.
     *
     * @throws LabException where the laboratory ends already
     */
    synchronized <T extends Closeable> T start(Starter<T> starter) throws IOException, ApiException, LabException {
        if (closed) {
            throw new LabException("The lab was told to end.");
        }
        T part = starter.start();
        started.push(part);
        return part;
    }

    /** How a part is started. */
    interface Starter<T> {
        T start() throws IOException, ApiException, LabException;
    }

    /** Whether no part is started any more. */
    boolean isClosed() {
        return closed;
    }

    /** Closes all; what one of them could not close is thrown when the rest is closed. */
    @Override
    public void close() throws IOException {
        closed = true;
        closeStarted();
    }

    private synchronized void closeStarted() throws IOException {
        IOException failure = null;
        for (Closeable part = started.poll(); part != null; part = started.poll()) {
            failure = closed(part, failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable IOException closed(Closeable part, @Nullable IOException before) {
        try {
            part.close();
            return before;
        } catch (IOException e) {
            return before == null ? e : before;
        }
    }
}
