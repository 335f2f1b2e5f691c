package io.dhcpfailover.node.journal;

import static io.dhcpfailover.node.journal.Records.FIRST_SEGMENT;
import static io.dhcpfailover.node.journal.Records.octets;
import static io.dhcpfailover.node.journal.Records.open;
import static io.dhcpfailover.node.journal.Records.records;
import static io.dhcpfailover.node.journal.Records.replay;
import static io.dhcpfailover.node.journal.Records.salts;
import static io.dhcpfailover.node.journal.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dhcpfailover.api.testing.Seeds;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Snapshots of a state that changes while they are made, and such as are given up. */
class SnapshotTest {

    private static final int THINGS = 8;

    private final SimulatedStorage storage = new SimulatedStorage(new SplittableRandom(1));

    @Test
    void aStateThatChangesWhileItIsWrittenIsThereAgainAfterAPowerCut() {
        Seeds.forEach(500, random -> {
            SimulatedStorage disk = new SimulatedStorage(random);
            Map<String, String> state = new TreeMap<>();
            for (int life = 0; life < 4; life++) {
                Map<String, String> replayed = new TreeMap<>();
                Journal journal = Journal.open(disk, salts(), record -> put(replayed, text(record)))
                        .journal();
                assertThat(replayed).isEqualTo(state);
                for (int step = random.nextInt(6); step > 0; step--) {
                    change(random, journal, state);
                    if (random.nextInt(3) == 0) {
                        long at = journal.rotate();
                        change(random, journal, state);
                        journal.snapshot(at, changing(random, journal, state));
                    }
                }
                disk.crash();
            }
        });
    }

    /** The state thing by thing, each as it is when it is asked for; other records are appended all the time. */
    private static Iterator<byte[]> changing(RandomGenerator random, Journal journal, Map<String, String> state) {
        return IntStream.range(0, THINGS)
                .mapToObj(thing -> {
                    change(random, journal, state);
                    String key = "thing" + thing;
                    return octets(key + "=" + state.getOrDefault(key, ""));
                })
                .iterator();
    }

    private static void change(RandomGenerator random, Journal journal, Map<String, String> state) {
        String record = "thing" + random.nextInt(THINGS) + "=" + "x".repeat(random.nextInt(200)) + random.nextInt();
        try {
            journal.append(records(record));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        put(state, record);
    }

    private static void put(Map<String, String> state, String record) {
        int equals = record.indexOf('=');
        if (equals + 1 < record.length()) {
            state.put(record.substring(0, equals), record.substring(equals + 1));
        }
    }

    @Test
    void oneThatIsGivenUpLeavesNothingBehind() throws IOException {
        Journal journal = open(storage);
        journal.append(records("a"));
        long at = journal.rotate();
        Iterator<byte[]> cancelled = Stream.of("s", "t")
                .map(text -> {
                    if (text.equals("t")) {
                        throw new IllegalStateException("cancelled");
                    }
                    return octets(text);
                })
                .iterator();

        assertThatIllegalStateException()
                .isThrownBy(() -> journal.snapshot(at, cancelled))
                .withMessage("cancelled");

        assertThat(storage.list()).containsExactlyInAnyOrder(FIRST_SEGMENT, "journal-0000000000000002");
        assertThat(replay(storage)).containsExactly("a");
    }

    @Test
    void oneThatFindsNoRoomGivesBackWhatItTook() throws IOException {
        Journal journal = open(storage);
        journal.append(records("a"));
        long at = journal.rotate();
        storage.setRoom(100);

        assertThatThrownBy(() -> journal.snapshot(at, records("s".repeat(200)).iterator()))
                .hasMessage("no space left on device");

        assertThat(storage.list()).noneMatch(Names::isTemporary);
    }

    @Test
    void whatAKilledProcessLeftOfOneIsDeleted() throws IOException {
        open(storage).close();
        storage.put("temporary-0000000000000001", new byte[100]);

        assertThat(replay(storage)).isEmpty();
        assertThat(storage.list()).noneMatch(Names::isTemporary);
    }

    @Test
    void itsLengthIsKnownWhenItIsWrittenAndAfterTheNextStart() throws IOException {
        long written;
        try (Journal journal = open(storage)) {
            assertThat(journal.snapshotLength()).isZero();
            journal.append(records("a"));
            journal.snapshot(journal.rotate(), records("s", "t").iterator());
            written = journal.snapshotLength();
        }

        assertThat(written).isEqualTo(storage.content("snapshot-0000000000000001").length);
        assertThat(open(storage, "s", "t").snapshotLength()).isEqualTo(written);
    }

    @Test
    void oneIsDueWhenTheSegmentIsLongerThanTheLastAndThanTheLeastLength() {
        SnapshotPolicy policy = new SnapshotPolicy(100);

        assertThat(policy.isDue(100, 0)).isFalse();
        assertThat(policy.isDue(101, 0)).isTrue();
        assertThat(policy.isDue(101, 101)).isFalse();
        assertThat(policy.isDue(102, 101)).isTrue();
        assertThat(SnapshotPolicy.DEFAULT.isDue(64L << 20, 0)).isFalse();
        assertThat(SnapshotPolicy.DEFAULT.isDue((64L << 20) + 1, 0)).isTrue();
    }
}
