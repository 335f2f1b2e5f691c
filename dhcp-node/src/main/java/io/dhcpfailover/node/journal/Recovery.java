package io.dhcpfailover.node.journal;

import io.dhcpfailover.node.journal.Frames.Frame;
import io.dhcpfailover.node.journal.Frames.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One recovery of a store: the newest snapshot, then every record after it. The longest durable prefix is kept: what
 * may never have been durable, at the end of the last segment, is cut off; anything else that is wrong is refused.
 */
final class Recovery {

    /** In the place of a frame's durable sequence, in a snapshot: a record. */
    static final long SNAPSHOT_RECORD = 0;

    /** The same: the end, whose sequence is the number of records. */
    static final long SNAPSHOT_END = -1;

    static final byte[] NOTHING = new byte[0];

    private static final String WHAT_TO_DO =
            ": restore the folder from a copy, or remove it and let the partner send every lease";

    private final Storage storage;
    private final Consumer<byte[]> replay;
    private long sequence;
    private long records;
    private @Nullable String lastSegment;
    private long lastSegmentLength;
    private @Nullable String cut;

    Recovery(Storage storage, Consumer<byte[]> replay) {
        this.storage = storage;
        this.replay = replay;
    }

    long sequence() {
        return sequence;
    }

    long records() {
        return records;
    }

    @Nullable String lastSegment() {
        return lastSegment;
    }

    long lastSegmentLength() {
        return lastSegmentLength;
    }

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
        List<String> segments = new ArrayList<>(names.stream()
                .filter(name -> Names.isSegment(name) && !Names.isBefore(name, from))
                .sorted()
                .toList());
        List<String> empty = new ArrayList<>();
        for (String name : segments) {
            if (isEmpty(storage.read(name))) {
                empty.add(name);
            }
        }
        segments.removeAll(empty);
        for (int i = 0; i < segments.size(); i++) {
            readSegment(segments.get(i), i == segments.size() - 1);
        }
        // The snapshot's name must be durable before what it stands for goes.
        storage.syncFolder();
        for (String name : names) {
            if (Names.isTemporary(name) || Names.isBefore(name, from) || empty.contains(name)) {
                storage.delete(name);
            }
        }
    }

    private void readSnapshot(String name) throws IOException {
        byte[] file = storage.read(name);
        long at = Frames.sequence(name, file, Kind.SNAPSHOT);
        int place = Frames.HEADER_LENGTH;
        long count = 0;
        for (Frame frame = Frames.at(file, place); frame != null; frame = Frames.at(file, place)) {
            if (frame.durable() == SNAPSHOT_END && frame.sequence() == count && frame.end() == file.length) {
                sequence = at;
                return;
            }
            if (frame.sequence() != ++count) {
                break;
            }
            replay.accept(frame.record(file));
            records++;
            place = frame.end();
        }
        throw new JournalException(name + " is damaged at octet " + place + WHAT_TO_DO);
    }

    /** Begun, and without a record: it may never have been durable, and the one before it may have been gone on with. */
    private static boolean isEmpty(byte[] segment) {
        return segment.length <= Frames.HEADER_LENGTH
                || IntStream.range(0, segment.length).allMatch(place -> segment[place] == 0);
    }

    private void readSegment(String name, boolean last) throws IOException {
        byte[] file = storage.read(name);
        long first = Frames.sequence(name, file, Kind.SEGMENT);
        if (first != sequence + 1) {
            throw new JournalException("records " + (sequence + 1) + " to " + (first - 1) + " before " + name
                    + " are missing" + WHAT_TO_DO);
        }
        int place = Frames.HEADER_LENGTH;
        for (Frame frame = Frames.at(file, place);
                frame != null && frame.sequence() == sequence + 1;
                frame = Frames.at(file, place)) {
            replay.accept(frame.record(file));
            sequence++;
            records++;
            place = frame.end();
        }
        if (place < file.length) {
            if (!last || wasDurable(file, place)) {
                throw new JournalException(
                        name + " is damaged at octet " + place + ", in record " + (sequence + 1) + WHAT_TO_DO);
            }
            cut = name + ": " + (file.length - place) + " octets after record " + sequence
                    + " were never durable and are cut off";
        }
        lastSegment = name;
        lastSegmentLength = place;
    }

    /** Whether a frame behind a damaged one says that the damaged one was durable. */
    private boolean wasDurable(byte[] file, int damaged) {
        for (int place = damaged + 1; place + Frames.FRAME_HEADER_LENGTH <= file.length; place++) {
            Frame frame = Frames.at(file, place);
            if (frame != null && frame.durable() > sequence && frame.sequence() > frame.durable()) {
                return true;
            }
        }
        return false;
    }
}
