package io.dhcpfailover.node.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How files of a store are written, all numbers big-endian.
 *
 * <p>A file begins with 8 octets of {@value #MAGIC}, its format (4 octets), its kind (4), a sequence (8), and a CRC-32C
 * of those (4). Then follow frames: length of the record (4), CRC-32C of all else of the frame (4), the record's sequence
 * (8), the highest sequence that was durable when the frame was written (8), and the record. By that last number, a
 * frame that was never durable and may be torn is told from one that was, and must not be.
 */
final class Frames {

    static final String MAGIC = "DHCPLOG\n";

    /** The only format so far. */
    static final int FORMAT = 1;

    static final int HEADER_LENGTH = 28;
    static final int FRAME_HEADER_LENGTH = 24;

    /** Longest record: none of a server comes near it, and a length beyond it is no length. */
    static final int RECORD_LENGTH_MAX = 1 << 20;

    /** What a file is. */
    enum Kind {
        /** Records in the order in which they came. */
        SEGMENT(1),
        /** Records that make up the state after the one of the file's sequence. */
        SNAPSHOT(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /**
     * A frame that was found in a file.
     *
     * @param sequence of its record
     * @param durable the highest sequence that was durable when it was written
     * @param start the place of its record
     * @param end the place after it
     */
    record Frame(long sequence, long durable, int start, int end) {

        /** A copy of its record. */
        byte[] record(byte[] file) {
            return Arrays.copyOfRange(file, start, end);
        }
    }

    private Frames() {}

    static ByteBuffer header(Kind kind, long sequence) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH);
        header.put(MAGIC.getBytes(StandardCharsets.US_ASCII))
                .putInt(FORMAT)
                .putInt(kind.code)
                .putLong(sequence);
        header.putInt(checksum(header.slice(0, HEADER_LENGTH - 4)));
        return header.flip();
    }

    /**
     * The sequence of a file's header.
     *
     * @throws JournalException where the file is none of this kind and format
     */
    static long sequence(String name, byte[] file, Kind kind) throws JournalException {
        ByteBuffer header = ByteBuffer.wrap(file);
        byte[] magic = new byte[MAGIC.length()];
        if (file.length >= HEADER_LENGTH) {
            header.get(magic);
        }
        if (!new String(magic, StandardCharsets.US_ASCII).equals(MAGIC)) {
            throw new JournalException(name
                    + " is damaged, or no file of this server: keep a copy of the folder, and move the file out of it");
        }
        int format = header.getInt();
        if (format > FORMAT) {
            throw new JournalException(name + " has format " + format + ", and this version reads up to " + FORMAT
                    + ": run the version that wrote it, or a newer one");
        }
        int code = header.getInt();
        long sequence = header.getLong();
        if (header.getInt() != checksum(header.slice(0, HEADER_LENGTH - 4)) || code != kind.code) {
            throw new JournalException(name + " has a damaged header: restore the folder, or remove it and let the"
                    + " partner send every lease");
        }
        return sequence;
    }

    /** @throws IllegalArgumentException when the record is longer than any that could be read again */
    static int length(byte[] record) {
        if (record.length > RECORD_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a record of " + record.length + " octets: a store takes " + RECORD_LENGTH_MAX);
        }
        return FRAME_HEADER_LENGTH + record.length;
    }

    static void put(ByteBuffer target, long sequence, long durable, byte[] record) {
        int start = target.position();
        target.putInt(record.length)
                .putInt(0)
                .putLong(sequence)
                .putLong(durable)
                .put(record);
        target.putInt(start + 4, frameChecksum(target, start, record.length));
    }

    /** The frame at a place; null where there is none that is whole. */
    static @Nullable Frame at(byte[] file, int place) {
        if (place + FRAME_HEADER_LENGTH > file.length) {
            return null;
        }
        ByteBuffer frame = ByteBuffer.wrap(file);
        int length = frame.getInt(place);
        if (length < 0 || length > RECORD_LENGTH_MAX || place + FRAME_HEADER_LENGTH + length > file.length) {
            return null;
        }
        if (frame.getInt(place + 4) != frameChecksum(frame, place, length)) {
            return null;
        }
        int start = place + FRAME_HEADER_LENGTH;
        return new Frame(frame.getLong(place + 8), frame.getLong(place + 16), start, start + length);
    }

    private static int frameChecksum(ByteBuffer file, int place, int length) {
        return checksum(file.slice(place, 4), file.slice(place + 8, FRAME_HEADER_LENGTH - 8 + length));
    }

    private static int checksum(ByteBuffer... parts) {
        CRC32C checksum = new CRC32C();
        for (ByteBuffer part : parts) {
            checksum.update(part);
        }
        return (int) checksum.getValue();
    }
}
