package io.dhcpfailover.node.journal;

import io.dhcpfailover.node.journal.Frames.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One recovery of a store, which changes nothing of it: the newest snapshot, then every record after it. The longest
 * durable prefix counts: what may never have been durable, at the end of the last segment, does not; anything else that
 * is wrong is refused.
 */
final class Recovery {

    /** In the place of a frame's durable sequence, in a snapshot: a record. */
    static final long SNAPSHOT_RECORD = 0;

    /** The same: the end, whose sequence is the number of records. */
    static final long SNAPSHOT_END = -1;

    static final byte[] NOTHING = new byte[0];

    /**
     * The segment to go on with.
     *
     * @param name of its file
     * @param header of its file
     * @param trusted before this place, a sync has succeeded
     * @param end the place after its last record
     */
    record LastSegment(String name, Header header, long trusted, long end) {}

    private final ReadableStorage storage;
    private final Consumer<byte[]> replay;
    private final List<String> superfluous = new ArrayList<>();
    private long sequence;
    private long records;
    private long snapshotLength;
    private @Nullable LastSegment lastSegment;
    private @Nullable String cut;

    Recovery(ReadableStorage storage, Consumer<byte[]> replay) {
        this.storage = storage;
        this.replay = replay;
    }

    /** The sequence of the last record. */
    long sequence() {
        return sequence;
    }

    /** How many records were replayed. */
    long records() {
        return records;
    }

    /** Length of the snapshot, in octets; 0 where there is none. */
    long snapshotLength() {
        return snapshotLength;
    }

    /** The last segment that has a record. */
    @Nullable LastSegment lastSegment() {
        return lastSegment;
    }

    /** Files that hold nothing which counts. */
    List<String> superfluous() {
        return superfluous;
    }

    /** What does not count, in words; null where all does. */
    @Nullable String cut() {
        return cut;
    }

    void run() throws IOException {
        List<String> names = storage.list();
        for (String name : names) {
            if (!Names.isSegment(name) && !Names.isSnapshot(name) && !Names.isTemporary(name)) {
                throw new JournalException(name + " is no file of this server: move it out of the folder");
            }
        }
        String snapshot =
                names.stream().filter(Names::isSnapshot).max(String::compareTo).orElse(null);
        if (snapshot != null) {
            readSnapshot(snapshot);
        }
        long from = sequence;
        List<String> segments = new ArrayList<>();
        for (String name : names) {
            if (Names.isTemporary(name) || Names.isBefore(name, from)) {
                superfluous.add(name);
            } else if (Names.isSegment(name)) {
                (isEmpty(name) ? superfluous : segments).add(name);
            }
        }
        segments.sort(String::compareTo);
        for (int i = 0; i < segments.size(); i++) {
            readSegment(segments.get(i), i == segments.size() - 1);
        }
    }

    private void readSnapshot(String name) throws IOException {
        try (FrameReader file = FrameReader.open(storage, name, Header.Kind.SNAPSHOT)) {
            if (file == null) {
                throw new JournalException(name + " is cut off" + JournalException.WHAT_TO_DO);
            }
            long place = file.header().length();
            long count = 0;
            for (Frame frame = file.frame(place); frame != null; frame = file.frame(place)) {
                if (frame.durable() == SNAPSHOT_END && frame.sequence() == count && frame.end() == file.length()) {
                    sequence = file.header().sequence();
                    snapshotLength = file.length();
                    return;
                }
                if (frame.sequence() != ++count) {
                    break;
                }
                replay.accept(file.record(frame));
                records++;
                place = frame.end();
            }
            throw new JournalException(name + " is damaged at octet " + place + JournalException.WHAT_TO_DO);
        }
    }

    /** Begun, and without a record: it may never have been durable, and the one before it may have been gone on with. */
    private boolean isEmpty(String segment) throws IOException {
        try (ReadableStorage.Reader file = storage.open(segment)) {
            return file.length() <= Header.LENGTH;
        }
    }

    private void readSegment(String name, boolean last) throws IOException {
        try (FrameReader file = FrameReader.open(storage, name, Header.Kind.SEGMENT)) {
            if (file == null) {
                return;
            }
            checkFirst(name, file.header().sequence());
            long place = file.header().length();
            long trusted = place;
            long durable = sequence;
            for (Frame frame = file.frame(place);
                    frame != null && frame.sequence() == sequence + 1;
                    frame = file.frame(place)) {
                if (frame.durable() != durable) {
                    // The first of those that were written together, after the one that was durable.
                    durable = frame.durable();
                    trusted = place;
                }
                replay.accept(file.record(frame));
                sequence++;
                records++;
                place = frame.end();
            }
            if (place < file.length()) {
                if (!last || file.frameThatSaysDurable(sequence + 1, place, place + 1) != null) {
                    throw new JournalException(name + " is damaged at octet " + place + ", in record " + (sequence + 1)
                            + JournalException.WHAT_TO_DO);
                }
                cut = name + ": " + (file.length() - place) + " octets after record " + sequence
                        + " were never durable and do not count";
            }
            lastSegment = new LastSegment(name, file.header(), trusted, place);
        }
    }

    private void checkFirst(String name, long first) throws JournalException {
        if (first > sequence + 1) {
            throw new JournalException("records " + (sequence + 1) + " to " + (first - 1) + " before " + name
                    + " are missing" + JournalException.WHAT_TO_DO);
        }
        if (first <= sequence) {
            throw new JournalException(name + " begins with record " + first
                    + ", which another file has: move a file that was copied here out of the folder"
                    + JournalException.WHAT_TO_DO);
        }
    }
}
