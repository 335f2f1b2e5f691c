package io.dhcpfailover.node.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many records to one sync, in order, and none before it is durable. */
@Timeout(30)
class GroupCommitTest {

    private final SimulatedStorage storage = new SimulatedStorage(new SplittableRandom(1));
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private final GroupCommit.Listener listener = new GroupCommit.Listener() {
        @Override
        public void failing(IOException reason) {
            told.add("failing: " + reason.getMessage());
        }

        @Override
        public void recovered() {
            told.add("recovered");
        }
    };

    @Test
    void recordsBecomeDurableInTheirOrder() throws Exception {
        try (GroupCommit commit = new GroupCommit(journal(), 1000, listener)) {
            for (int i = 0; i < 500; i++) {
                String text = "r" + i;
                assertThat(commit.offer(octets(text), () -> told.add(text))).isTrue();
            }
            for (int i = 0; i < 500; i++) {
                assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("r" + i);
            }
        }
        assertThat(replay()).hasSize(500).startsWith("r0", "r1");
    }

    @Test
    void whatComesDuringASyncSharesTheNext() throws Exception {
        GatedStorage gated = new GatedStorage(storage);
        Journal journal = Journal.open(gated, record -> {}).journal();
        gated.close(1);
        try (GroupCommit commit = new GroupCommit(journal, 1000, listener)) {
            commit.offer(octets("alone"), () -> told.add("alone"));
            gated.awaitSync();
            for (int i = 0; i < 100; i++) {
                commit.offer(octets("r"), () -> told.add("r"));
            }
            int before = gated.syncs.get();
            gated.open();

            for (int i = 0; i < 101; i++) {
                assertThat(told.poll(10, TimeUnit.SECONDS)).isNotNull();
            }
            // That of the one that came alone, and one for the hundred.
            assertThat(gated.syncs.get() - before).isEqualTo(2);
        }
    }

    @Test
    void aRecordTooManyIsNotTaken() throws Exception {
        GatedStorage gated = new GatedStorage(storage);
        Journal journal = Journal.open(gated, record -> {}).journal();
        gated.close(1);
        try (GroupCommit commit = new GroupCommit(journal, 2, listener)) {
            commit.offer(octets("a"), () -> {});
            gated.awaitSync();

            assertThat(commit.offer(octets("b"), () -> {})).isTrue();
            assertThat(commit.offer(octets("c"), () -> {})).isTrue();
            assertThat(commit.offer(octets("d"), () -> {})).isFalse();
            assertThat(commit.waiting()).isEqualTo(2);
            gated.open();
        }
        assertThat(replay()).containsExactly("a", "b", "c");
    }

    @Test
    void aFullDiskIsToldOnceAndServiceResumesByItself() throws Exception {
        Journal journal = journal();
        storage.setRoom(0);
        try (GroupCommit commit = new GroupCommit(journal, 10, listener)) {
            commit.offer(octets("a"), () -> told.add("a"));
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("failing: no space left on device");

            storage.setRoom(Long.MAX_VALUE);
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("recovered");
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("a");
        }
        assertThat(told).isEmpty();
    }

    private Journal journal() throws IOException {
        return Journal.open(storage, record -> {}).journal();
    }

    private List<String> replay() throws IOException {
        List<String> replayed = new ArrayList<>();
        Journal.open(storage, record -> replayed.add(new String(record, StandardCharsets.UTF_8)));
        return replayed;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A disk whose syncs wait until they may go on. */
    private static final class GatedStorage implements Storage {

        private final SimulatedStorage storage;
        private final AtomicInteger syncs = new AtomicInteger();
        private final Semaphore waiting = new Semaphore(0);
        private volatile CountDownLatch gate = new CountDownLatch(0);

        GatedStorage(SimulatedStorage storage) {
            this.storage = storage;
        }

        void close(int count) {
            waiting.drainPermits();
            gate = new CountDownLatch(count);
        }

        void open() {
            gate.countDown();
        }

        void awaitSync() throws InterruptedException {
            waiting.acquire();
        }

        @Override
        public List<String> list() {
            return storage.list();
        }

        @Override
        public byte[] read(String name) {
            return storage.read(name);
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
        public void syncFolder() {
            storage.syncFolder();
        }

        @Override
        public void close() {}

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
}
