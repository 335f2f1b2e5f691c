package io.dhcpfailover.node.journal;

import static io.dhcpfailover.node.journal.Records.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many records to one sync, in order, and none before it is durable. */
@Timeout(30)
class GroupCommitTest {

    private final SimulatedStorage storage = new SimulatedStorage(new SplittableRandom(1));
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> commits = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> toldBefore = new LinkedBlockingQueue<>();

    private final GroupCommit.Listener listener = new GroupCommit.Listener() {
        @Override
        public void failing(IOException reason) {
            told.add("failing: " + reason.getMessage());
        }

        @Override
        public void recovered() {
            told.add("recovered");
        }

        @Override
        public void failed(Throwable reason) {
            told.add("failed: " + reason.getMessage());
        }

        @Override
        public void committed(int records, long nanoseconds) {
            assertThat(nanoseconds).isNotNegative();
            commits.add(records);
            toldBefore.add(told.size());
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
    void afterABatchOfManyTheNextOneIsWaitedFor() throws Exception {
        long started = System.nanoTime();
        try (GroupCommit commit = new GroupCommit(journal(), 1000, listener)) {
            for (int i = 0; i < 400; i++) {
                commit.offer(octets("r"), () -> {});
                commit.offer(octets("r"), () -> {});
                LockSupport.parkNanos(50_000);
            }
            commit.offer(octets("last"), () -> told.add("last"));
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("last");
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        assertThat(commits.stream().filter(records -> records > 1)).hasSizeLessThan((int) millis + 2);
    }

    @Test
    void whatComesDuringASyncSharesTheNext() throws Exception {
        GatedStorage gated = new GatedStorage(storage);
        Journal journal = Records.open(gated);
        gated.shut();
        try (GroupCommit commit = new GroupCommit(journal, 1000, listener)) {
            commit.offer(octets("alone"), () -> told.add("alone"));
            gated.awaitSync();
            for (int i = 0; i < 100; i++) {
                commit.offer(octets("r"), () -> told.add("r"));
            }
            int before = gated.syncs();
            gated.open();

            for (int i = 0; i < 101; i++) {
                assertThat(told.poll(10, TimeUnit.SECONDS)).isNotNull();
            }
            // That of the one that came alone, and one for the hundred.
            assertThat(gated.syncs() - before).isEqualTo(2);
        }
    }

    @Test
    void aRecordTooManyIsNotTaken() throws Exception {
        GatedStorage gated = new GatedStorage(storage);
        Journal journal = Records.open(gated);
        gated.shut();
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

    @Test
    void allThatWaitsForOneCommitRunsBeforeTheCommitIsTold() throws Exception {
        GatedStorage gated = new GatedStorage(storage);
        Journal journal = Records.open(gated);
        gated.shut();
        try (GroupCommit commit = new GroupCommit(journal, 1000, listener)) {
            commit.offer(octets("alone"), () -> {});
            gated.awaitSync();
            for (int i = 0; i < 10; i++) {
                commit.offer(octets("r"), () -> told.add("r"));
            }
            gated.open();

            assertThat(commits.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(commits.poll(10, TimeUnit.SECONDS)).isEqualTo(10);
        }
        assertThat(toldBefore).containsExactly(0, 10);
    }

    @Test
    void withoutARecordItIsOnlyWaitedForThoseBefore() throws Exception {
        GatedStorage gated = new GatedStorage(storage);
        Journal journal = Records.open(gated);
        int before = gated.syncs();
        gated.shut();
        try (GroupCommit commit = new GroupCommit(journal, 1000, listener)) {
            commit.offer(octets("a"), () -> told.add("a"));
            gated.awaitSync();
            commit.offer(null, () -> told.add("nothing"));
            assertThat(told).isEmpty();
            gated.open();

            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("a");
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("nothing");
            assertThat(commits.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(commits.poll(10, TimeUnit.SECONDS)).isZero();
        }
        assertThat(gated.syncs() - before).isEqualTo(1);
        assertThat(replay()).containsExactly("a");
    }

    @Test
    void whatThrowsIsToldAndTheOthersGoOn() throws Exception {
        try (GroupCommit commit = new GroupCommit(journal(), 1000, listener)) {
            commit.offer(octets("a"), () -> {
                throw new AssertionError("a mistake");
            });
            commit.offer(octets("b"), () -> told.add("b"));

            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("failed: a mistake");
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("b");
        }
        assertThat(replay()).containsExactly("a", "b");
    }

    @Test
    void aRotationComesBehindAllThatWasGivenBeforeAndBeforeAllThatIsGivenLater() throws Exception {
        GatedStorage gated = new GatedStorage(storage);
        Journal journal = Records.open(gated);
        gated.shut();
        CompletableFuture<Long> first;
        CompletableFuture<Long> second;
        CompletableFuture<Long> third;
        try (GroupCommit commit = new GroupCommit(journal, 1000, listener)) {
            commit.offer(octets("a"), () -> {});
            gated.awaitSync();
            commit.offer(octets("b"), () -> {});
            first = commit.rotate();
            commit.offer(octets("c"), () -> {});
            commit.offer(octets("d"), () -> {});
            second = commit.rotate();
            third = commit.rotate();
            commit.offer(octets("e"), () -> {});
            assertThat(commit.waiting()).isEqualTo(4);
            gated.open();
        }

        assertThat(first).isCompletedWithValue(2L);
        assertThat(second).isCompletedWithValue(4L);
        assertThat(third).isCompletedWithValue(4L);
        assertThat(storage.list())
                .containsExactlyInAnyOrder(
                        Records.FIRST_SEGMENT, "journal-0000000000000003", "journal-0000000000000005");
        assertThat(replay()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void aRotationThatFindsNoRoomFailsAndTheOldSegmentIsGoneOnWith() throws Exception {
        try (GroupCommit commit = new GroupCommit(journal(), 1000, listener)) {
            CompletableFuture<Void> noRoom = new CompletableFuture<>();
            commit.offer(octets("a"), () -> {
                storage.setRoom(0);
                noRoom.complete(null);
            });
            noRoom.get(10, TimeUnit.SECONDS);
            assertThatThrownBy(() -> commit.rotate().get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessage("no space left on device");

            CompletableFuture<Void> room = new CompletableFuture<>();
            commit.offer(null, () -> {
                storage.setRoom(Long.MAX_VALUE);
                room.complete(null);
            });
            room.get(10, TimeUnit.SECONDS);
            commit.offer(octets("b"), () -> {});
        }
        assertThat(replay()).containsExactly("a", "b");
    }

    @Test
    void aRecordThatIsTooLongIsRefusedWhereItIsOffered() throws Exception {
        try (GroupCommit commit = new GroupCommit(journal(), 10, listener)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> commit.offer(new byte[Frames.RECORD_LENGTH_MAX + 1], () -> {}));
        }
    }

    @Test
    void aThreadThatIsInterruptedClosesItLikeAnyOther() throws Exception {
        GatedStorage gated = new GatedStorage(storage);
        GroupCommit commit = new GroupCommit(Records.open(gated), 10, listener);
        gated.shut();
        commit.offer(octets("a"), () -> told.add("a"));
        gated.awaitSync();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread closer = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            try {
                commit.close();
            } catch (IOException e) {
                told.add(e.getMessage());
            }
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        while (closer.isAlive() && closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(gated.isClosed()).isFalse();
        gated.open();
        closer.join();

        assertThat(told).containsExactly("a");
        assertThat(gated.isClosed()).isTrue();
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void nothingIsTakenOnceItIsClosed() throws Exception {
        GroupCommit commit = new GroupCommit(journal(), 10, listener);
        commit.close();

        assertThat(commit.offer(octets("a"), () -> {})).isFalse();
        assertThat(commit.rotate()).isCompletedExceptionally();
    }

    @Test
    void aDiskThatFailsDoesNotHoldUpTheEnd() throws Exception {
        Journal journal = journal();
        storage.setRoom(0);
        CompletableFuture<Long> rotation;
        try (GroupCommit commit = new GroupCommit(journal, 10, listener)) {
            commit.offer(octets("a"), () -> told.add("a"));
            rotation = commit.rotate();
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("failing: no space left on device");
        }
        assertThat(told).isEmpty();
        assertThat(rotation).isCompletedExceptionally();
    }

    private Journal journal() throws IOException {
        return Records.open(storage);
    }

    private List<String> replay() throws IOException {
        return Records.replay(storage);
    }
}
