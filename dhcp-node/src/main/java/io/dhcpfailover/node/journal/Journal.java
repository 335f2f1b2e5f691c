package io.dhcpfailover.node.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records that survive a power cut: segments to which they are appended, and snapshots that make old segments
 * unnecessary. {@link #append} and {@link #rotate} belong to one thread; {@link #snapshot} may run in another, one at a
 * time, and lengths may be asked for in any.
 */
public final class Journal implements Closeable {

    /** How much of what may not be durable is read and written again at once, in octets. */
    private static final int REWRITE_LENGTH = 1 << 18;

    private final Storage storage;
    private final LongSupplier salts;
    private final FrameWriter writer = new FrameWriter();
    private Storage.Appender segment;
    private Frames frames;
    private volatile long length;
    private volatile long snapshotLength;
    private long sequence;
    private boolean torn;

    private Journal(Storage storage, LongSupplier salts, Segment segment, Recovery recovery) {
        this.storage = storage;
        this.salts = salts;
        this.segment = segment.file;
        this.frames = segment.frames;
        this.length = segment.length;
        this.snapshotLength = recovery.snapshotLength();
        this.sequence = recovery.sequence();
    }

    private record Segment(Storage.Appender file, Frames frames, long length) {}

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
     * What there is to recover.
     *
     * @param sequence of the last record; 0 where there is none
     * @param records how many records were replayed, those of the snapshot included
     * @param cut what to tell of a torn end that does not count; null where there is none
     */
    public record Content(
            long sequence, long records, @Nullable String cut) {}

    /**
     * Replays the newest snapshot and every record after it, and opens the journal to go on.
     *
     * @param storage belongs to the journal once it is open, and stays the caller's where it is refused
     * @param salts random numbers that nobody outside can guess, such as those of a {@code SecureRandom}; they are asked
     *     for in the threads that call {@link #rotate} and {@link #snapshot}
     * @param replay takes each record
     * @throws JournalException where a record that was durable is damaged or missing, or a file is not of this server
     *     or of a newer version; nothing is changed then
     */
    public static Recovered open(Storage storage, LongSupplier salts, Consumer<byte[]> replay) throws IOException {
        Recovery recovery = new Recovery(storage, replay);
        recovery.run();
        // The snapshot's name must be durable before what it stands for goes.
        storage.syncFolder();
        for (String name : recovery.superfluous()) {
            storage.delete(name);
        }
        Recovery.LastSegment last = recovery.lastSegment();
        Segment segment = last == null ? null : goOn(storage, last);
        if (segment == null) {
            segment = begin(storage, recovery.sequence() + 1, salts.getAsLong());
        }
        return new Recovered(new Journal(storage, salts, segment, recovery), recovery.records(), recovery.cut());
    }

    /**
     * Replays what {@link #open} would, and changes nothing.
     *
     * @param storage stays the caller's
     * @param replay takes each record
     * @throws JournalException as {@link #open}
     */
    public static Content read(ReadableStorage storage, Consumer<byte[]> replay) throws IOException {
        Recovery recovery = new Recovery(storage, replay);
        recovery.run();
        return new Content(recovery.sequence(), recovery.records(), recovery.cut());
    }

    /** Makes all of the last segment durable; null where it is of an older format, and so is not to be appended to. */
    private static @Nullable Segment goOn(Storage storage, Recovery.LastSegment last) throws IOException {
        Storage.Appender file = storage.append(last.name(), last.end());
        boolean goesOn = false;
        try {
            rewrite(storage, file, last);
            file.sync();
            goesOn = last.header().format() == Header.FORMAT;
        } finally {
            if (!goesOn) {
                file.close();
            }
        }
        return goesOn ? new Segment(file, new Frames(last.header()), last.end()) : null;
    }

    /**
     * Writes in place what may be in memory only: after a sync that failed, what could not be written looks like what
     * was, to a process that begins anew and to another sync.
     */
    private static void rewrite(Storage storage, Storage.Appender file, Recovery.LastSegment last) throws IOException {
        try (ReadableStorage.Reader reader = storage.open(last.name())) {
            ByteBuffer octets = ByteBuffer.allocate(REWRITE_LENGTH);
            long place = last.trusted();
            while (place < last.end()) {
                octets.clear().limit((int) Math.min(REWRITE_LENGTH, last.end() - place));
                int count = reader.read(octets, place);
                if (count <= 0) {
                    throw new IOException(last.name() + " ends at octet " + place + ", and was longer just now");
                }
                file.overwrite(octets.flip(), place);
                place += count;
            }
        }
    }

    private static Segment begin(Storage storage, long first, long salt) throws IOException {
        Header header = Header.of(Header.Kind.SEGMENT, first, salt);
        Storage.Appender file = storage.create(Names.segment(first));
        boolean begun = false;
        try {
            file.write(header.octets());
            file.sync();
            storage.syncFolder();
            begun = true;
        } finally {
            if (!begun) {
                file.close();
            }
        }
        return new Segment(file, new Frames(header), header.length());
    }

    /**
     * Makes records durable: when it returns, all are. Where it fails, none counts, and it may be called again.
     *
     * @return the sequence of the last of them, or of the last before where there are none
     * @throws IOException where the disk is full or fails
     * @throws IllegalArgumentException where a record is longer than 1 MiB
     */
    public long append(List<byte[]> records) throws IOException {
        if (records.isEmpty()) {
            return sequence;
        }
        cutTornEnd();
        torn = true;
        writer.clear();
        long next = sequence;
        long end = length;
        for (byte[] record : records) {
            writer.put(segment, frames, ++next, sequence, record);
            end += Frames.length(record);
        }
        writer.flush(segment);
        segment.sync();
        torn = false;
        sequence = next;
        length = end;
        return sequence;
    }

    private void cutTornEnd() throws IOException {
        if (torn) {
            segment.truncate(length);
        }
    }

    /** The sequence of the last durable record; 0 before the first. */
    public long sequence() {
        return sequence;
    }

    /** Length of the current segment, in octets. */
    public long segmentLength() {
        return length;
    }

    /** Length of the last snapshot, in octets; 0 before the first. */
    public long snapshotLength() {
        return snapshotLength;
    }

    /**
     * Begins a new segment. Where it fails, the old one is gone on with.
     *
     * @return the sequence of the last record before it, which a snapshot of the state of this moment is for
     */
    public long rotate() throws IOException {
        if (length > Header.LENGTH) {
            cutTornEnd();
            if (torn) {
                // Only the last segment may have a torn end.
                segment.sync();
                torn = false;
            }
            Segment next = begin(storage, sequence + 1, salts.getAsLong());
            Storage.Appender old = segment;
            segment = next.file;
            frames = next.frames;
            length = next.length;
            old.close();
        }
        return sequence;
    }

    /**
     * Writes a snapshot, and then removes what it makes unnecessary. A crash at any moment leaves the old files or
     * the new one. Where it fails, the old files are all there is.
     *
     * <p>The state need not be that of one moment: {@code state} may be made in slices while newer records are appended,
     * and show some of those and not others. A recovery replays the newer records over it, which comes to the newest
     * state where each record is the full state of one thing. Two things must hold:
     *
     * <ul>
     *   <li>{@code state} shows every record up to {@code at}, or a newer one of the same thing;
     *   <li>before it ends, every record that it shows is durable, as {@link GroupCommit#offer} of no record tells.
     *       Otherwise a crash could keep a record and lose one that came before it.
     * </ul>
     *
     * @param at what {@link #rotate} returned
     * @param state records that make up the state; where it throws, the snapshot is given up
     * @throws IOException where the disk is full or fails
     */
    public void snapshot(long at, Iterator<byte[]> state) throws IOException {
        String temporary = Names.temporary(at);
        try {
            long octets = write(temporary, Header.of(Header.Kind.SNAPSHOT, at, salts.getAsLong()), state);
            storage.rename(temporary, Names.snapshot(at));
            snapshotLength = octets;
        } catch (IOException | RuntimeException | Error e) {
            // The room that it takes may be what is missing. What cannot be deleted, the next start deletes.
            try {
                storage.delete(temporary);
            } catch (IOException kept) {
                e.addSuppressed(kept);
            }
            throw e;
        }
        storage.syncFolder();
        for (String name : storage.list()) {
            if (Names.isBefore(name, at)) {
                storage.delete(name);
            }
        }
    }

    private long write(String name, Header header, Iterator<byte[]> state) throws IOException {
        try (Storage.Appender file = storage.create(name)) {
            FrameWriter snapshot = new FrameWriter();
            Frames target = new Frames(header);
            file.write(header.octets());
            long octets = header.length();
            long count = 0;
            while (state.hasNext()) {
                byte[] record = state.next();
                snapshot.put(file, target, ++count, Recovery.SNAPSHOT_RECORD, record);
                octets += Frames.length(record);
            }
            snapshot.put(file, target, count, Recovery.SNAPSHOT_END, Recovery.NOTHING);
            snapshot.flush(file);
            file.sync();
            return octets + Frames.length(Recovery.NOTHING);
        }
    }

    @Override
    public void close() throws IOException {
        segment.close();
        storage.close();
    }
}
