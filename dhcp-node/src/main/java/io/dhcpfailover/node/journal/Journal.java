package io.dhcpfailover.node.journal;

import io.dhcpfailover.node.journal.Frames.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records that survive a power cut: segments to which they are appended, and snapshots that make old segments
 * unnecessary. {@link #append} and {@link #rotate} belong to one thread; {@link #snapshot} may run in another.
 */
public final class Journal implements Closeable {

    /** Records written at once at the most, in octets, so that one sync does not hold up its first client. */
    private static final int BATCH_LENGTH_MAX = 1 << 20;

    private final Storage storage;
    private Storage.Appender segment;
    private long length;
    private long sequence;
    private boolean torn;

    private Journal(Storage storage, Storage.Appender segment, long length, long sequence) {
        this.storage = storage;
        this.segment = segment;
        this.length = length;
        this.sequence = sequence;
    }

    /**
     * What a recovery found.
     *
     * @param journal to go on with
     * @param records how many records were replayed, those of the snapshot included
     * @param cut what to tell of a torn end that was cut off; null where there was none
     */
    public record Recovered(
            Journal journal, long records, @Nullable String cut) {}

    /**
     * Replays the newest snapshot and every record after it, and opens the journal to go on.
     *
     * @throws JournalException where a record that was durable is damaged or missing, or a file is not of this server
     *     or of a newer version; nothing is changed then
     */
    public static Recovered open(Storage storage, Consumer<byte[]> replay) throws IOException {
        Recovery recovery = new Recovery(storage, replay);
        recovery.run();
        Storage.Appender segment;
        long length;
        if (recovery.lastSegment() == null) {
            segment = storage.create(Names.segment(recovery.sequence() + 1));
            length = begin(storage, segment, Kind.SEGMENT, recovery.sequence() + 1);
        } else {
            length = recovery.lastSegmentLength();
            segment = storage.append(recovery.lastSegment(), length);
            segment.sync();
        }
        return new Recovered(
                new Journal(storage, segment, length, recovery.sequence()), recovery.records(), recovery.cut());
    }

    private static long begin(Storage storage, Storage.Appender file, Kind kind, long sequence) throws IOException {
        file.write(Frames.header(kind, sequence));
        file.sync();
        storage.syncFolder();
        return Frames.HEADER_LENGTH;
    }

    /**
     * Makes records durable: when it returns, all are. Where it fails, none counts, and it may be called again.
     *
     * @return the sequence of the last of them
     * @throws IOException where the disk is full or fails
     */
    public long append(List<byte[]> records) throws IOException {
        cutTornEnd();
        torn = true;
        long next = sequence;
        long end = length;
        Iterator<byte[]> rest = records.iterator();
        byte[] record = rest.hasNext() ? rest.next() : null;
        while (record != null) {
            ByteBuffer batch = ByteBuffer.allocate(Math.max(BATCH_LENGTH_MAX, Frames.length(record)));
            while (record != null && batch.remaining() >= Frames.length(record)) {
                Frames.put(batch, ++next, sequence, record);
                record = rest.hasNext() ? rest.next() : null;
            }
            end += batch.position();
            segment.write(batch.flip());
        }
        segment.sync();
        torn = false;
        sequence = next;
        length = end;
        return sequence;
    }

    private void cutTornEnd() throws IOException {
        if (torn) {
            segment.truncate(length);
            torn = false;
        }
    }

    /** The sequence of the last durable record; 0 before the first. */
    public long sequence() {
        return sequence;
    }

    /** Length of the current segment, in octets: by which a caller knows when a snapshot is worth it. */
    public long segmentLength() {
        return length;
    }

    /**
     * Begins a new segment. Where it fails, the old one is gone on with.
     *
     * @return the sequence of the last record before it, which a snapshot of the state of this moment is for
     */
    public long rotate() throws IOException {
        if (length > Frames.HEADER_LENGTH) {
            if (torn) {
                // Only the last segment may have a torn end.
                cutTornEnd();
                segment.sync();
            }
            Storage.Appender next = storage.create(Names.segment(sequence + 1));
            long begun;
            try {
                begun = begin(storage, next, Kind.SEGMENT, sequence + 1);
            } catch (IOException e) {
                next.close();
                throw e;
            }
            Storage.Appender old = segment;
            segment = next;
            length = begun;
            old.close();
        }
        return sequence;
    }

    /**
     * Writes a snapshot, and then removes what it makes unnecessary. A crash at any moment leaves the old files or
     * the new one.
     *
     * @param at what {@link #rotate} returned when the state was as {@code state} says
     * @param state records that make up the state
     */
    public void snapshot(long at, Iterator<byte[]> state) throws IOException {
        String temporary = Names.temporary(at);
        try (Storage.Appender file = storage.create(temporary)) {
            file.write(Frames.header(Kind.SNAPSHOT, at));
            long count = 0;
            ByteBuffer batch = ByteBuffer.allocate(BATCH_LENGTH_MAX);
            while (state.hasNext()) {
                byte[] record = state.next();
                if (batch.remaining() < Frames.length(record)) {
                    file.write(batch.flip());
                    batch = ByteBuffer.allocate(Math.max(BATCH_LENGTH_MAX, Frames.length(record)));
                }
                Frames.put(batch, ++count, Recovery.SNAPSHOT_RECORD, record);
            }
            file.write(batch.flip());
            ByteBuffer end = ByteBuffer.allocate(Frames.length(Recovery.NOTHING));
            Frames.put(end, count, Recovery.SNAPSHOT_END, Recovery.NOTHING);
            file.write(end.flip());
            file.sync();
        }
        storage.rename(temporary, Names.snapshot(at));
        storage.syncFolder();
        for (String name : storage.list()) {
            if (Names.isBefore(name, at)) {
                storage.delete(name);
            }
        }
    }

    @Override
    public void close() throws IOException {
        segment.close();
        storage.close();
    }
}
