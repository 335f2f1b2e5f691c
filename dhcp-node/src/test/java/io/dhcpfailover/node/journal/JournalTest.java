package io.dhcpfailover.node.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dhcpfailover.api.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What was durable is there again, in its order, after anything that a disk and a power supply do. */
class JournalTest {

    private final SimulatedStorage storage = new SimulatedStorage(new SplittableRandom(1));

    @Test
    void recordsAreReplayedInTheirOrder() throws IOException {
        try (Journal journal = open(storage, List.of())) {
            assertThat(journal.append(records("a", "b"))).isEqualTo(2);
            assertThat(journal.append(records("c"))).isEqualTo(3);
        }

        assertThat(replay(storage)).containsExactly("a", "b", "c");
    }

    @Test
    void aSnapshotTakesThePlaceOfWhatCameBeforeIt() throws IOException {
        try (Journal journal = open(storage, List.of())) {
            journal.append(records("a", "b"));
            long at = journal.rotate();
            journal.append(records("c"));
            journal.snapshot(at, records("a+b").iterator());
        }

        assertThat(storage.list()).containsExactlyInAnyOrder("snapshot-0000000000000002", "journal-0000000000000003");
        assertThat(replay(storage)).containsExactly("a+b", "c");
    }

    /** The main property: at any power cut, every record that was said to be durable is there, and no other order. */
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
                disk.crash();
            }
        });
    }

    /** Appends, rotates and snapshots at random; sometimes the disk gets full. Ends as if power was lost just then. */
    private static void live(RandomGenerator random, SimulatedStorage disk, List<String> durable, List<String> written)
            throws IOException {
        Journal journal = open(disk, durable);
        for (int step = random.nextInt(12); step > 0; step--) {
            disk.setRoom(random.nextInt(6) == 0 ? random.nextInt(2_000) : Long.MAX_VALUE);
            List<String> batch = new ArrayList<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                batch.add("r" + written.size() + "-" + batch.size() + "x".repeat(random.nextInt(400)));
            }
            try {
                if (random.nextInt(4) == 0) {
                    long at = journal.rotate();
                    journal.snapshot(at, records(durable.toArray(String[]::new)).iterator());
                }
                journal.append(records(batch.toArray(String[]::new)));
                durable.addAll(batch);
                written.clear();
                written.addAll(durable);
            } catch (IOException full) {
                // None counts, though power may be lost before the disk forgets them.
                written.clear();
                written.addAll(durable);
                written.addAll(batch);
            }
        }
    }

    @Test
    void aTornEndIsCutOffAndToldOf() throws IOException {
        try (Journal journal = open(storage, List.of())) {
            journal.append(records("a", "b"));
        }
        byte[] content = storage.content("journal-0000000000000001");
        storage.put("journal-0000000000000001", Arrays.copyOf(content, content.length - 1));

        Journal.Recovered recovered = Journal.open(storage, replayed -> {});

        assertThat(recovered.records()).isEqualTo(1);
        assertThat(recovered.cut())
                .isEqualTo("journal-0000000000000001: 24 octets after record 1 were never durable and are cut off");
        recovered.journal().append(records("c"));
        assertThat(replay(storage)).containsExactly("a", "c");
    }

    @Test
    void damageOfWhatWasDurableIsRefusedAndNothingIsChanged() throws IOException {
        try (Journal journal = open(storage, List.of())) {
            journal.append(records("a"));
            journal.append(records("b"));
            journal.append(records("c"));
        }
        int record = Frames.HEADER_LENGTH + Frames.FRAME_HEADER_LENGTH;
        storage.damage("journal-0000000000000001", record);
        byte[] before = storage.content("journal-0000000000000001").clone();

        assertThatThrownBy(() -> replay(storage))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("journal-0000000000000001 is damaged at octet 28, in record 1")
                .hasMessageContaining("let the partner send every lease");
        assertThat(storage.content("journal-0000000000000001")).isEqualTo(before);
    }

    @Test
    void aDamagedSnapshotIsRefused() throws IOException {
        try (Journal journal = open(storage, List.of())) {
            journal.append(records("a"));
            journal.snapshot(journal.rotate(), records("a").iterator());
        }
        storage.damage("snapshot-0000000000000001", Frames.HEADER_LENGTH + 3);

        assertThatThrownBy(() -> replay(storage)).hasMessageContaining("snapshot-0000000000000001 is damaged");
    }

    @Test
    void aMissingSegmentIsRefused() throws IOException {
        try (Journal journal = open(storage, List.of())) {
            journal.append(records("a", "b"));
            journal.rotate();
            journal.append(records("c"));
        }
        storage.delete("journal-0000000000000001");

        assertThatThrownBy(() -> replay(storage))
                .hasMessageContaining("records 1 to 2 before journal-0000000000000003 are missing");
    }

    @Test
    void aForeignFileIsRefused() {
        storage.put(
                "journal-0000000000000001",
                "something else, and long enough for a header".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> replay(storage))
                .hasMessageStartingWith("journal-0000000000000001 is damaged, or no file of this server");

        storage.delete("journal-0000000000000001");
        storage.put("notes.txt", new byte[0]);
        assertThatThrownBy(() -> replay(storage)).hasMessageStartingWith("notes.txt is no file of this server");
    }

    @Test
    void aNewerFormatIsRefused() {
        byte[] header = Frames.header(Frames.Kind.SEGMENT, 1).array();
        ByteBuffer.wrap(header).putInt(Frames.MAGIC.length(), 2);
        storage.put("journal-0000000000000001", Arrays.copyOf(header, header.length + 1));

        assertThatThrownBy(() -> replay(storage))
                .hasMessageContaining("has format 2, and this version reads up to 1: run the version that wrote it");
    }

    @Test
    void aFullDiskTakesRecordsAgainWhenThereIsRoom() throws IOException {
        Journal journal = open(storage, List.of());
        journal.append(records("a"));
        storage.setRoom(10);
        assertThatThrownBy(() -> journal.append(records("b"))).hasMessage("no space left on device");
        assertThatThrownBy(() -> journal.append(records("b"))).isInstanceOf(IOException.class);

        storage.setRoom(Long.MAX_VALUE);
        journal.append(records("b"));

        assertThat(replay(storage)).containsExactly("a", "b");
    }

    /** Seed 186 of the power cuts: the torn end of a segment that was gone on from looked like damage. */
    @Test
    void aSegmentIsWholeBeforeTheNextBegins() throws IOException {
        Journal journal = open(storage, List.of());
        journal.append(records("a"));
        storage.setRoom(10);
        assertThatThrownBy(() -> journal.append(records("b"))).isInstanceOf(IOException.class);
        storage.setRoom(Long.MAX_VALUE);

        journal.rotate();
        journal.append(records("c"));

        assertThat(replay(storage)).containsExactly("a", "c");
    }

    @Test
    void aSegmentThatCouldNotBeBegunIsNothing() throws IOException {
        Journal journal = open(storage, List.of());
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
    void aSegmentWhoseHeaderIsLostIsRefusedAndKept() throws IOException {
        try (Journal journal = open(storage, List.of())) {
            journal.append(records("a"));
            journal.rotate();
            journal.append(records("b"));
        }
        byte[] content = storage.content("journal-0000000000000002").clone();
        Arrays.fill(content, 0, Frames.HEADER_LENGTH, (byte) 0);
        storage.put("journal-0000000000000002", content);

        assertThatThrownBy(() -> replay(storage)).hasMessageContaining("journal-0000000000000002 is damaged");
        assertThat(storage.content("journal-0000000000000002")).isEqualTo(content);
    }

    @Test
    void aRecordThatCouldNotBeReadAgainIsNotWritten() throws IOException {
        Journal journal = open(storage, List.of());
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
        open(storage, List.of()).append(records("a", large, "b"));

        assertThat(replay(storage)).containsExactly("a", large, "b");
    }

    private static Journal open(Storage storage, List<String> expected) throws IOException {
        List<String> replayed = new ArrayList<>();
        Journal.Recovered recovered = Journal.open(storage, record -> replayed.add(text(record)));
        assertThat(replayed).isEqualTo(expected);
        return recovered.journal();
    }

    private static List<String> replay(Storage storage) throws IOException {
        List<String> replayed = new ArrayList<>();
        Journal.open(storage, record -> replayed.add(text(record)));
        return replayed;
    }

    private static List<byte[]> records(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static String text(byte[] record) {
        return new String(record, StandardCharsets.UTF_8);
    }
}
