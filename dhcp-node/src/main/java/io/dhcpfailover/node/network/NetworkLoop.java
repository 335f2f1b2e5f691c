package io.dhcpfailover.node.network;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.Closeable;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The thread of all sockets. One is enough: it takes packets in and gives them on, and what decides on them is one
 * thread as well.
 */
public final class NetworkLoop implements Closeable {

    /** How long work that runs may take to end at {@link #close}. */
    private static final long CLOSE_SECONDS = 5;

    private final MultiThreadIoEventLoopGroup group;

    private NetworkLoop(MultiThreadIoEventLoopGroup group) {
        this.group = group;
    }

    /**
     * Starts the thread.
     *
     * @throws NetworkException where this machine has no epoll, that is, where it does not run Linux with glibc on
     *     x86-64 or ARM64
     */
    public static NetworkLoop start() throws NetworkException {
        if (!Epoll.isAvailable()) {
            throw new NetworkException("the server needs Linux with glibc on x86-64 or ARM64 for its sockets: "
                    + Epoll.unavailabilityCause());
        }
        NetworkLoop loop = new NetworkLoop(
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("network"), EpollIoHandler.newFactory()));
        // Threads are in the network namespace of the one that starts them; so it is that of the caller.
        loop.call(() -> loop);
        return loop;
    }

    IoEventLoop executor() {
        return group.next();
    }

    /** What the callable returns in the loop's thread, where the caller may be already. */
    <T> T call(Callable<T> callable) throws NetworkException {
        try {
            return executor().inEventLoop()
                    ? callable.call()
                    : executor().submit(callable).get();
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException("interrupted while the network thread was waited for", e);
        } catch (Exception e) {
            throw failed(e);
        }
    }

    private static NetworkException failed(Throwable cause) {
        return cause instanceof NetworkException known ? known : new NetworkException(String.valueOf(cause), cause);
    }

    /** Ends the thread; sockets that are still open are closed. */
    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
