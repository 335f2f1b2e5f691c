package io.dhcpfailover.node.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The first octets of a file of a store, all numbers big-endian: 8 octets of {@value #MAGIC}, the format (4), the kind
 * of file (4), a sequence (8), a salt (8), and a CRC-32C of those (4). In format 1 there is no salt.
 *
 * <p>Those of every later format begin with 36 octets that look the same, so that what is newer is told from what is
 * damaged.
 *
 * @param format in which the file's frames are
 * @param kind what the file is
 * @param sequence of the first record of a segment; of the last record before a snapshot
 * @param salt a number nobody outside knows, by which frames are told from what a client made look like one; 0 in
 *     format 1
 */
record Header(int format, Kind kind, long sequence, long salt) {

    /** In which files are written. */
    static final int FORMAT = 2;

    /** Without salts; it is read still. */
    static final int FORMAT_WITHOUT_SALT = 1;

    static final int LENGTH = 36;

    private static final String MAGIC = "DHCPLOG\n";
    private static final byte[] MAGIC_OCTETS = MAGIC.getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH_WITHOUT_SALT = 28;
    private static final int CHECKSUM_LENGTH = 4;

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

    /** The header of a new file. */
    static Header of(Kind kind, long sequence, long salt) {
        return new Header(FORMAT, kind, sequence, salt);
    }

    /** Where the file's frames begin, in octets. */
    int length() {
        return format == FORMAT_WITHOUT_SALT ? LENGTH_WITHOUT_SALT : LENGTH;
    }

    /** As it is written, which is done in the newest format only. */
    ByteBuffer octets() {
        ByteBuffer octets = ByteBuffer.allocate(LENGTH);
        octets.put(MAGIC_OCTETS)
                .putInt(format)
                .putInt(kind.code)
                .putLong(sequence)
                .putLong(salt);
        octets.putInt(checksum(octets, LENGTH));
        return octets.flip();
    }

    /**
     * Reads a header.
     *
     * @param name of the file, for a message
     * @param octets the file's first {@value #LENGTH}
     * @throws JournalException where the file is none of this kind, damaged, or of a newer format
     */
    static Header read(String name, Kind kind, ByteBuffer octets) throws JournalException {
        byte[] magic = new byte[MAGIC_OCTETS.length];
        octets.get(0, magic);
        if (!Arrays.equals(magic, MAGIC_OCTETS)) {
            throw new JournalException(name
                    + " is damaged, or no file of this server: keep a copy of the folder, and move the file out of it");
        }
        int format = octets.getInt(8);
        // The checksum first: what is damaged must not be taken for something newer.
        boolean salted = isWhole(octets, LENGTH) && format >= FORMAT;
        boolean unsalted = isWhole(octets, LENGTH_WITHOUT_SALT) && format == FORMAT_WITHOUT_SALT;
        if (salted && format > FORMAT) {
            throw new JournalException(name + " has format " + format + ", and this version reads up to " + FORMAT
                    + ": run the version that wrote it, or a newer one");
        }
        if ((!salted && !unsalted) || octets.getInt(12) != kind.code) {
            throw new JournalException(name + " has a damaged header" + JournalException.WHAT_TO_DO);
        }
        return new Header(format, kind, octets.getLong(16), salted ? octets.getLong(24) : 0);
    }

    private static boolean isWhole(ByteBuffer octets, int length) {
        return octets.getInt(length - CHECKSUM_LENGTH) == checksum(octets, length);
    }

    private static int checksum(ByteBuffer octets, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(octets.slice(0, length - CHECKSUM_LENGTH));
        return (int) checksum.getValue();
    }
}
