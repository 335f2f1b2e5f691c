package io.dhcpfailover.node.lease;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a store keeps of a table: one record for each change, from which it is made again. */
public final class StoredRecords {

    private static final byte CLOCK_KIND = 2;
    private static final int CLOCK_LENGTH = 9;
    private static final byte TOGETHER_KIND = 5;

    private StoredRecords() {}

    /** The whole state of an address. */
    public static byte[] of(Binding binding) {
        return BindingRecord.encode(binding);
    }

    /**
     * Several records as one, so that all of them become durable or none.
     *
     * @param records none of which is itself several; together no longer than a store takes
     */
    public static byte[] together(List<byte[]> records) {
        if (records.size() == 1) {
            return records.getFirst();
        }
        int length = 1;
        for (byte[] record : records) {
            length += Integer.BYTES + record.length;
        }
        ByteBuffer together = ByteBuffer.allocate(length).put(TOGETHER_KIND);
        for (byte[] record : records) {
            together.putInt(record.length).put(record);
        }
        return together.array();
    }

    /** The records that a record is: itself, or those that {@link #together} put into it. */
    public static List<byte[]> each(byte[] record) {
        if (record.length == 0 || record[0] != TOGETHER_KIND) {
            return List.of(record);
        }
        List<byte[]> records = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(record, 1, record.length - 1);
        while (rest.hasRemaining()) {
            int length = rest.remaining() < Integer.BYTES ? -1 : rest.getInt();
            if (length <= 0 || length > rest.remaining() || rest.get(rest.position()) == TOGETHER_KIND) {
                throw new IllegalArgumentException("a record of several records that is not whole");
            }
            byte[] one = new byte[length];
            rest.get(one);
            records.add(one);
        }
        return records;
    }

    /** The clock was set by that many seconds. */
    public static byte[] ofClockStep(long seconds) {
        return ByteBuffer.allocate(CLOCK_LENGTH)
                .put(CLOCK_KIND)
                .putLong(seconds)
                .array();
    }

    /**
     * By how many seconds the clock was set, as a record says; 0 where it is no record of a clock step.
     *
     * @throws IllegalArgumentException when it is one that was cut or goes on
     */
    public static long clockStep(byte[] record) {
        if (record.length == 0 || record[0] != CLOCK_KIND) {
            return 0;
        }
        if (record.length != CLOCK_LENGTH) {
            throw new IllegalArgumentException("a record of a clock step with " + record.length + " octets");
        }
        return ByteBuffer.wrap(record).getLong(1);
    }

    /**
     * Makes the change of a record again.
     *
     * @throws IllegalArgumentException when the octets are no record of this version
     */
    public static void replay(byte[] record, BindingTable table) {
        if (record.length == 0) {
            throw new IllegalArgumentException("a record of no octets");
        }
        switch (record[0]) {
            case BindingRecord.KIND, BindingRecord.SHARED_KIND -> table.load(BindingRecord.decode(record));
            case CLOCK_KIND -> table.shift(clockStep(record));
            case TOGETHER_KIND -> each(record).forEach(one -> replay(one, table));
            default ->
                throw new IllegalArgumentException(
                        "a record of kind " + record[0] + ": this version knows 1 to 6, a newer one wrote it");
        }
    }
}
