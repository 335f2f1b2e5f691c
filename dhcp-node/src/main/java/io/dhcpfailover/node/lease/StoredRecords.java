package io.dhcpfailover.node.lease;

import java.nio.ByteBuffer;

/** What a store keeps of a table: one record for each change, from which it is made again. */
public final class StoredRecords {

    private static final byte CLOCK_KIND = 2;
    private static final int CLOCK_LENGTH = 9;

    private StoredRecords() {}

    /** The whole state of an address. */
    public static byte[] of(Binding binding) {
        return BindingRecord.encode(binding);
    }

    /** The clock was set by that many seconds. */
    public static byte[] ofClockStep(long seconds) {
        return ByteBuffer.allocate(CLOCK_LENGTH)
                .put(CLOCK_KIND)
                .putLong(seconds)
                .array();
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
            case BindingRecord.KIND -> table.load(BindingRecord.decode(record));
            case CLOCK_KIND -> {
                if (record.length != CLOCK_LENGTH) {
                    throw new IllegalArgumentException("a record of a clock step with " + record.length + " octets");
                }
                table.shift(ByteBuffer.wrap(record).getLong(1));
            }
            default ->
                throw new IllegalArgumentException(
                        "a record of kind " + record[0] + ": this version knows 1 and 2, a newer one wrote it");
        }
    }
}
