package io.dhcpfailover.node.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk whose syncs wait until they may go on. */
final class GatedStorage implements Storage {

    private final SimulatedStorage storage;
    private final AtomicInteger syncs = new AtomicInteger();
    private final Semaphore waiting = new Semaphore(0);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean closed;

    GatedStorage(SimulatedStorage storage) {
        this.storage = storage;
    }

    /** The next sync, and those after it, wait. */
    void shut() {
        waiting.drainPermits();
        gate = new CountDownLatch(1);
    }

    /** Syncs go on. */
    void open() {
        gate.countDown();
    }

    /** Waits until there is a sync that waits. */
    void awaitSync() throws InterruptedException {
        waiting.acquire();
    }

    /** How many syncs there were. */
    int syncs() {
        return syncs.get();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public List<String> list() {
        return storage.list();
    }

    @Override
    public Reader open(String name) {
        return storage.open(name);
    }

    @Override
    public Appender create(String name) {
        return new Gated(storage.create(name));
    }

    @Override
    public Appender append(String name, long length) {
        return new Gated(storage.append(name, length));
    }

    @Override
    public void rename(String from, String to) {
        storage.rename(from, to);
    }

    @Override
    public void delete(String name) {
        storage.delete(name);
    }

    @Override
    public void syncFolder() throws IOException {
        storage.syncFolder();
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Gated implements Appender {

        private final Appender appender;

        Gated(Appender appender) {
            this.appender = appender;
        }

        @Override
        public void write(ByteBuffer octets) throws IOException {
            appender.write(octets);
        }

        @Override
        public void overwrite(ByteBuffer octets, long place) throws IOException {
            appender.overwrite(octets, place);
        }

        @Override
        public void sync() throws IOException {
            waiting.release();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            syncs.incrementAndGet();
            appender.sync();
        }

        @Override
        public void truncate(long length) throws IOException {
            appender.truncate(length);
        }

        @Override
        public void close() throws IOException {
            appender.close();
        }
    }
}
