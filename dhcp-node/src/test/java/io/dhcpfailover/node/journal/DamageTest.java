package io.dhcpfailover.node.journal;

import static io.dhcpfailover.node.journal.Records.FIRST_SEGMENT;
import static io.dhcpfailover.node.journal.Records.open;
import static io.dhcpfailover.node.journal.Records.records;
import static io.dhcpfailover.node.journal.Records.replay;
import static io.dhcpfailover.node.journal.Records.salts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may never have been durable is cut off; what was, and is damaged or missing, is refused and left as it is. */
class DamageTest {

    private final SimulatedStorage storage = new SimulatedStorage(new SplittableRandom(1));

    @Test
    void aTornEndIsCutOffAndToldOf() throws IOException {
        try (Journal journal = open(storage)) {
            journal.append(records("a", "b"));
        }
        byte[] content = storage.content(FIRST_SEGMENT);
        storage.put(FIRST_SEGMENT, Arrays.copyOf(content, content.length - 1));

        Journal.Recovered recovered = Journal.open(storage, salts(), replayed -> {});

        assertThat(recovered.records()).isEqualTo(1);
        assertThat(recovered.cut())
                .isEqualTo(FIRST_SEGMENT + ": 28 octets after record 1 were never durable and do not count");
        recovered.journal().append(records("c"));
        assertThat(replay(storage)).containsExactly("a", "c");
    }

    @Test
    void damageOfWhatWasDurableIsRefusedAndNothingIsChanged() throws IOException {
        try (Journal journal = open(storage)) {
            journal.append(records("a"));
            journal.append(records("b"));
            journal.append(records("c"));
        }
        int record = Header.LENGTH + Frames.HEADER_LENGTH;
        storage.damage(FIRST_SEGMENT, record);
        byte[] before = storage.content(FIRST_SEGMENT).clone();

        assertThatThrownBy(() -> replay(storage))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("journal-0000000000000001 is damaged at octet 36, in record 1")
                .hasMessageContaining("let the partner send every lease");
        assertThat(storage.content(FIRST_SEGMENT)).isEqualTo(before);
    }

    @Test
    void aDamagedSnapshotIsRefused() throws IOException {
        try (Journal journal = open(storage)) {
            journal.append(records("a"));
            journal.snapshot(journal.rotate(), records("a").iterator());
        }
        storage.damage("snapshot-0000000000000001", Header.LENGTH + 3);

        assertThatThrownBy(() -> replay(storage)).hasMessageContaining("snapshot-0000000000000001 is damaged");
    }

    @Test
    void aMissingSegmentIsRefused() throws IOException {
        try (Journal journal = open(storage)) {
            journal.append(records("a", "b"));
            journal.rotate();
            journal.append(records("c"));
        }
        storage.delete(FIRST_SEGMENT);

        assertThatThrownBy(() -> replay(storage))
                .hasMessageContaining("records 1 to 2 before journal-0000000000000003 are missing");
    }

    @Test
    void aForeignFileIsRefused() {
        storage.put(FIRST_SEGMENT, "something else, and long enough for a header".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> replay(storage))
                .hasMessageStartingWith("journal-0000000000000001 is damaged, or no file of this server");

        storage.delete(FIRST_SEGMENT);
        storage.put("notes.txt", new byte[0]);
        assertThatThrownBy(() -> replay(storage)).hasMessageStartingWith("notes.txt is no file of this server");
    }

    @Test
    void aSegmentWhoseHeaderIsLostIsRefusedAndKept() throws IOException {
        try (Journal journal = open(storage)) {
            journal.append(records("a"));
            journal.rotate();
            journal.append(records("b"));
        }
        byte[] content = storage.content("journal-0000000000000002").clone();
        Arrays.fill(content, 0, Header.LENGTH, (byte) 0);
        storage.put("journal-0000000000000002", content);

        assertThatThrownBy(() -> replay(storage)).hasMessageContaining("journal-0000000000000002 is damaged");
        assertThat(storage.content("journal-0000000000000002")).isEqualTo(content);
    }

    @Test
    void aSegmentOfZerosIsRefused() throws IOException {
        storage.put(FIRST_SEGMENT, new byte[Header.LENGTH + 1]);

        assertThatThrownBy(() -> replay(storage)).hasMessageStartingWith(FIRST_SEGMENT + " is damaged");
    }

    @Test
    void aSegmentThatIsThereTwiceIsRefused() throws IOException {
        try (Journal journal = open(storage)) {
            journal.append(records("a", "b"));
        }
        storage.put("journal-0000000000000002", storage.content(FIRST_SEGMENT));

        assertThatThrownBy(() -> replay(storage))
                .hasMessageContaining("journal-0000000000000002 begins with record 1, which another file has");
    }

    @Test
    void everyBitOfTheHeaderIsProtectedAndNoDamageLooksLikeANewerFormat() throws IOException {
        try (Journal journal = open(storage)) {
            journal.append(records("a"));
        }
        byte[] content = storage.content(FIRST_SEGMENT).clone();
        for (int bit = 0; bit < Header.LENGTH * Byte.SIZE; bit++) {
            byte[] damaged = content.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            storage.put(FIRST_SEGMENT, damaged);

            assertThatThrownBy(() -> replay(storage))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("damaged");
        }
    }

    /** A client that knows all but the salt: its record holds a frame that says that the torn one was durable. */
    @Test
    void whatAClientMakesLookLikeAFrameIsNone() throws IOException {
        try (Journal journal = open(storage)) {
            journal.append(records("a"));
            journal.append(List.of(imitation(2), "b".getBytes(StandardCharsets.US_ASCII)));
        }
        byte[] content = storage.content(FIRST_SEGMENT).clone();
        // The header of the frame around it is torn.
        content[Header.LENGTH + Frames.HEADER_LENGTH + 1] ^= 1;
        storage.put(FIRST_SEGMENT, content);

        assertThat(replay(storage)).containsExactly("a");
    }

    /** With the file's own salt it would be one. */
    @Test
    void aFrameBehindADamagedOneTellsThatItWasDurable() throws IOException {
        try (Journal journal = open(storage)) {
            journal.append(records("a"));
            journal.append(records("b"));
            journal.append(records("c"));
        }
        byte[] content = storage.content(FIRST_SEGMENT).clone();
        int second = Header.LENGTH + Frames.HEADER_LENGTH + 1;
        content[second] ^= 1;
        // Nor does the record of the frame that tells need to be whole.
        content[content.length - 1] ^= 1;
        storage.put(FIRST_SEGMENT, content);

        assertThatThrownBy(() -> replay(storage)).hasMessageContaining("is damaged at octet 65, in record 2");
    }

    /** Headers one after the other that announce the longest record: to check each of those takes most of a minute. */
    @Test
    @Timeout(10)
    void aLongTornEndOfImitationsIsCutOffInTimeThatGrowsWithItsLength() throws IOException {
        try (Journal journal = open(storage)) {
            journal.append(records("a"));
        }
        byte[] whole = storage.content(FIRST_SEGMENT);
        ByteBuffer content = ByteBuffer.allocate(whole.length + (24 << 20)).put(whole);
        byte[] header = Arrays.copyOf(imitation(2), Frames.HEADER_LENGTH);
        ByteBuffer.wrap(header).putInt(Frames.RECORD_LENGTH_MAX);
        while (content.remaining() >= header.length) {
            content.put(header);
        }
        storage.put(FIRST_SEGMENT, content.array());

        assertThat(replay(storage)).containsExactly("a");
    }

    /** A frame that says that this record was durable, with another salt than any that is used. */
    private static byte[] imitation(long record) {
        ByteBuffer imitation = ByteBuffer.allocate(Frames.HEADER_LENGTH);
        new Frames(Header.of(Header.Kind.SEGMENT, 1, 0)).put(imitation, record + 1, record, new byte[0]);
        return imitation.array();
    }
}
