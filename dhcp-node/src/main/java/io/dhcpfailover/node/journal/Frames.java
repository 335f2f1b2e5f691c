package io.dhcpfailover.node.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How the records of a file are written and read, all numbers big-endian.
 *
 * <p>A frame is the length of its record (4 octets), the record's sequence (8), the highest sequence that was durable
 * when the frame was written (8), a checksum of those (4), a checksum of all of the frame but itself (4), and the
 * record. By the highest durable sequence, a frame that was never durable and may be torn is told from one that was,
 * and must not be. Checksums are CRC-32C, over the file's salt first: a client that has a say in what a record holds
 * cannot make a part of it look like a frame. The first checksum is there so that a search for frames looks at a few
 * octets of each place only.
 *
 * <p>In format 1, a frame is length (4), checksum of all else (4), sequence (8), durable sequence (8) and record, and
 * there is no salt.
 */
final class Frames {

    /** Longest record: none of a server comes near it, and a length beyond it is no length. */
    static final int RECORD_LENGTH_MAX = 1 << 20;

    /** What a frame has before its record, in octets. */
    static final int HEADER_LENGTH = 28;

    /** Longest frame, in octets. */
    static final int LENGTH_MAX = HEADER_LENGTH + RECORD_LENGTH_MAX;

    private static final int HEADER_LENGTH_WITHOUT_SALT = 24;

    /**
     * What the header of a frame says.
     *
     * @param sequence of its record
     * @param durable the highest sequence that was durable when it was written
     * @param place where the frame begins in its file
     * @param start where its record begins
     * @param length of its record
     */
    record Frame(long sequence, long durable, long place, long start, int length) {

        /** The place after it. */
        long end() {
            return start + length;
        }
    }

    private final boolean salted;
    private final byte[] salt = new byte[Long.BYTES];
    private final byte[] header = new byte[HEADER_LENGTH];
    private final ByteBuffer headerFields = ByteBuffer.wrap(header);
    private final CRC32C checksum = new CRC32C();

    /** Frames of the file that has this header. */
    Frames(Header file) {
        salted = file.format() != Header.FORMAT_WITHOUT_SALT;
        ByteBuffer.wrap(salt).putLong(file.salt());
    }

    /**
     * Length of a record's frame in the newest format.
     *
     * @throws IllegalArgumentException when the record is longer than any that could be read again
     */
    static int length(byte[] record) {
        if (record.length > RECORD_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a record of " + record.length + " octets: a store takes " + RECORD_LENGTH_MAX);
        }
        return HEADER_LENGTH + record.length;
    }

    /** Length of a frame's header in this file. */
    int headerLength() {
        return salted ? HEADER_LENGTH : HEADER_LENGTH_WITHOUT_SALT;
    }

    /** Writes a frame, in the newest format. */
    void put(ByteBuffer target, long sequence, long durable, byte[] record) {
        headerFields.putInt(0, record.length).putLong(4, sequence).putLong(12, durable);
        headerFields.putInt(20, headerChecksum(header, 0));
        headerFields.putInt(24, checksum(header, 0, 24, record, 0, record.length));
        target.put(header).put(record);
    }

    /**
     * What a frame's header says, unchecked; null where the record's length is none.
     *
     * @param window in which the header is whole
     * @param index where in the window the header is
     * @param place where in the file it is
     */
    @Nullable Frame header(byte[] window, int index, long place) {
        ByteBuffer fields = ByteBuffer.wrap(window);
        int length = fields.getInt(index);
        if (length < 0 || length > RECORD_LENGTH_MAX) {
            return null;
        }
        int sequence = salted ? 4 : 8;
        return new Frame(
                fields.getLong(index + sequence),
                fields.getLong(index + sequence + Long.BYTES),
                place,
                place + headerLength(),
                length);
    }

    /** Whether the header at this index of the window, which is whole there, was written as one; not in format 1. */
    boolean isHeader(byte[] window, int index) {
        return ByteBuffer.wrap(window).getInt(index + 20) == headerChecksum(window, index);
    }

    /** Whether the frame at this index of the window, which is whole there, was written as one. */
    boolean isWhole(byte[] window, int index, Frame frame) {
        ByteBuffer fields = ByteBuffer.wrap(window);
        int start = index + headerLength();
        return salted
                ? fields.getInt(index + 24) == checksum(window, index, 24, window, start, frame.length())
                : fields.getInt(index + 4) == checksum(window, index, 4, window, index + 8, 16 + frame.length());
    }

    /** Whether headers have a checksum of their own. */
    boolean isSalted() {
        return salted;
    }

    private int headerChecksum(byte[] octets, int index) {
        return checksum(octets, index, 20, octets, index, 0);
    }

    private int checksum(byte[] first, int firstIndex, int firstLength, byte[] second, int secondIndex, int length) {
        checksum.reset();
        if (salted) {
            checksum.update(salt);
        }
        checksum.update(first, firstIndex, firstLength);
        checksum.update(second, secondIndex, length);
        return (int) checksum.getValue();
    }
}
