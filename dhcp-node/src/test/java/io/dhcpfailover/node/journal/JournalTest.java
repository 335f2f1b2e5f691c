package io.dhcpfailover.node.journal;

import static io.dhcpfailover.node.journal.Records.open;
import static io.dhcpfailover.node.journal.Records.records;
import static io.dhcpfailover.node.journal.Records.replay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dhcpfailover.api.testing.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What was durable is there again, in its order, after anything that a disk and a power supply do. */
class JournalTest {

    private final SimulatedStorage storage = new SimulatedStorage(new SplittableRandom(1));

    @Test
    void recordsAreReplayedInTheirOrder() throws IOException {
        try (Journal journal = open(storage)) {
            assertThat(journal.append(records("a", "b"))).isEqualTo(2);
            assertThat(journal.append(records("c"))).isEqualTo(3);
        }

        assertThat(replay(storage)).containsExactly("a", "b", "c");
    }

    @Test
    void aSnapshotTakesThePlaceOfWhatCameBeforeIt() throws IOException {
        try (Journal journal = open(storage)) {
            journal.append(records("a", "b"));
            long at = journal.rotate();
            journal.append(records("c"));
            journal.snapshot(at, records("a+b").iterator());
        }

        assertThat(storage.list()).containsExactlyInAnyOrder("snapshot-0000000000000002", "journal-0000000000000003");
        assertThat(replay(storage)).containsExactly("a+b", "c");
    }

    /** The main property: whenever it ends, every record that was said to be durable is there, and no other order. */
    @Test
    void aPowerCutLosesNothingThatWasDurable() {
        Seeds.forEach(1_500, random -> {
            SimulatedStorage disk = new SimulatedStorage(random);
            List<String> durable = new ArrayList<>();
            List<String> written = new ArrayList<>();
            for (int life = 0; life < 4; life++) {
                List<String> replayed = replay(disk);
                assertThat(replayed.size()).isBetween(durable.size(), written.size());
                assertThat(replayed.subList(0, durable.size())).isEqualTo(durable);
                assertThat(written.subList(0, replayed.size())).isEqualTo(replayed);
                durable = new ArrayList<>(replayed);
                written = new ArrayList<>(replayed);
                live(random, disk, durable, written);
                if (random.nextInt(3) == 0) {
                    disk.kill();
                } else {
                    disk.crash();
                }
            }
        });
    }

    /**
     * Appends, rotates, and snapshots later what was there at a rotation, at random; sometimes the disk gets full or
     * fails. Ends as if power was lost just then.
     */
    private static void live(RandomGenerator random, SimulatedStorage disk, List<String> durable, List<String> written)
            throws IOException {
        Journal journal = open(disk, durable.toArray(String[]::new));
        long rotated = -1;
        List<String> state = List.of();
        List<String> batch = new ArrayList<>();
        for (int step = random.nextInt(12); step > 0; step--) {
            disk.setRoom(random.nextInt(6) == 0 ? random.nextInt(2_000) : Long.MAX_VALUE);
            disk.setSyncsFail(random.nextInt(6) == 0);
            for (int i = !batch.isEmpty() ? 0 : random.nextInt(1, 6); i > 0; i--) {
                batch.add("r" + written.size() + "-" + batch.size() + "x".repeat(random.nextInt(400)));
            }
            try {
                if (rotated >= 0 && random.nextInt(3) == 0) {
                    journal.snapshot(
                            rotated, records(state.toArray(String[]::new)).iterator());
                    rotated = -1;
                } else if (random.nextInt(4) == 0) {
                    rotated = journal.rotate();
                    state = List.copyOf(durable);
                }
                journal.append(records(batch.toArray(String[]::new)));
                durable.addAll(batch);
                written.clear();
                written.addAll(durable);
                batch.clear();
            } catch (IOException failed) {
                // None counts, though power may be lost before the disk forgets them. The same are tried again.
                written.clear();
                written.addAll(durable);
                written.addAll(batch);
            }
        }
    }

    @Test
    void aFullDiskTakesRecordsAgainWhenThereIsRoom() throws IOException {
        Journal journal = open(storage);
        journal.append(records("a"));
        storage.setRoom(10);
        assertThatThrownBy(() -> journal.append(records("b"))).hasMessage("no space left on device");
        assertThatThrownBy(() -> journal.append(records("b"))).isInstanceOf(IOException.class);

        storage.setRoom(Long.MAX_VALUE);
        journal.append(records("b"));

        assertThat(replay(storage)).containsExactly("a", "b");
    }

    /** The torn end of a segment that is not the last would look like damage. */
    @Test
    void aSegmentIsWholeBeforeTheNextBegins() throws IOException {
        Journal journal = open(storage);
        journal.append(records("a"));
        storage.setRoom(10);
        assertThatThrownBy(() -> journal.append(records("b"))).isInstanceOf(IOException.class);
        storage.setRoom(Long.MAX_VALUE);

        journal.rotate();
        journal.append(records("c"));

        assertThat(replay(storage)).containsExactly("a", "c");
    }

    @Test
    void aSegmentWhoseTornEndCouldNotBeCutOffIsCutOffBeforeTheNextBegins() {
        Seeds.forEach(50, random -> {
            SimulatedStorage disk = new SimulatedStorage(random);
            Journal journal = open(disk);
            journal.append(records("a"));
            disk.setSyncsFail(true);
            assertThatThrownBy(() -> journal.append(records("b"))).isInstanceOf(IOException.class);
            assertThatThrownBy(journal::rotate).isInstanceOf(IOException.class);
            disk.setSyncsFail(false);

            journal.rotate();
            journal.append(records("c"));
            disk.crash();

            assertThat(replay(disk)).containsExactly("a", "c");
        });
    }

    @Test
    void aSegmentThatCouldNotBeBegunIsNothing() throws IOException {
        Journal journal = open(storage);
        journal.append(records("a"));
        storage.setRoom(10);
        assertThatThrownBy(journal::rotate).isInstanceOf(IOException.class);
        storage.setRoom(Long.MAX_VALUE);

        journal.append(records("b"));
        journal.rotate();
        journal.append(records("c"));

        assertThat(replay(storage)).containsExactly("a", "b", "c");
    }

    @Test
    void aRecordThatCouldNotBeReadAgainIsNotWritten() throws IOException {
        Journal journal = open(storage);
        journal.append(records("a"));
        List<byte[]> tooLong = List.of(new byte[Frames.RECORD_LENGTH_MAX + 1]);

        assertThatIllegalArgumentException().isThrownBy(() -> journal.append(tooLong));
        assertThatIllegalArgumentException().isThrownBy(() -> journal.snapshot(journal.rotate(), tooLong.iterator()));
        journal.append(records("b"));

        assertThat(replay(storage)).containsExactly("a", "b");
    }

    @Test
    void recordsLargerThanABatchAreWritten() throws IOException {
        String large = "x".repeat(Frames.RECORD_LENGTH_MAX);
        open(storage).append(records("a", large, "b"));

        assertThat(replay(storage)).containsExactly("a", large, "b");
    }
}
