package io.dhcpfailover.node.journal;

import static io.dhcpfailover.node.journal.Records.FIRST_SEGMENT;
import static io.dhcpfailover.node.journal.Records.open;
import static io.dhcpfailover.node.journal.Records.records;
import static io.dhcpfailover.node.journal.Records.replay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store of format 1, as the resources hold it, is read and gone on with in the newest; one of the future is refused. */
class FormatTest {

    private static final String LAST_SEGMENT = "journal-0000000000000005";
    private static final String[] ITS_RECORDS = {"a+b", "c", "d", "e", "f", "g"};

    private final SimulatedStorage storage = new SimulatedStorage(new SplittableRandom(1));

    @BeforeEach
    void storeOfFormat1() throws IOException {
        for (String name : new String[] {"snapshot-0000000000000002", "journal-0000000000000003", LAST_SEGMENT}) {
            try (InputStream file = FormatTest.class.getResourceAsStream("format-1/" + name)) {
                storage.put(name, Objects.requireNonNull(file, name).readAllBytes());
            }
        }
    }

    @Test
    void itIsReadAndWhatComesNextIsInAFileOfTheNewestFormat() throws IOException {
        byte[] before = storage.content(LAST_SEGMENT).clone();
        try (Journal journal = open(storage, ITS_RECORDS)) {
            assertThat(journal.append(records("h"))).isEqualTo(8);
        }

        assertThat(storage.content(LAST_SEGMENT)).isEqualTo(before);
        assertThat(storage.content("journal-0000000000000008")).startsWith('D', 'H', 'C', 'P');
        assertThat(replay(storage)).containsExactly("a+b", "c", "d", "e", "f", "g", "h");
    }

    @Test
    void itsTornEndIsCutOffBeforeTheNextFileBegins() throws IOException {
        byte[] content = storage.content(LAST_SEGMENT);
        storage.put(LAST_SEGMENT, Arrays.copyOf(content, content.length - 1));

        try (Journal journal = open(storage, "a+b", "c", "d", "e", "f")) {
            journal.append(records("h"));
        }
        assertThat(replay(storage)).containsExactly("a+b", "c", "d", "e", "f", "h");
    }

    @Test
    void itsDamageIsRefused() {
        storage.damage(LAST_SEGMENT, 28);

        assertThatThrownBy(() -> replay(storage)).hasMessageContaining(LAST_SEGMENT + " is damaged at octet 28");
    }

    @Test
    void aSnapshotReplacesIt() throws IOException {
        try (Journal journal = open(storage, ITS_RECORDS)) {
            journal.snapshot(journal.rotate(), records("all").iterator());
        }

        assertThat(storage.list()).containsExactlyInAnyOrder("snapshot-0000000000000007", "journal-0000000000000008");
        assertThat(replay(storage)).containsExactly("all");
    }

    @Test
    void aNewerFormatIsRefused() {
        SimulatedStorage newer = new SimulatedStorage(new SplittableRandom(1));
        byte[] header = new Header(3, Header.Kind.SEGMENT, 1, 7).octets().array();
        newer.put(FIRST_SEGMENT, Arrays.copyOf(header, header.length + 1));

        assertThatThrownBy(() -> replay(newer))
                .hasMessageContaining("has format 3, and this version reads up to 2: run the version that wrote it");
    }
}
