package io.dhcpfailover.node.lease;

import io.dhcpfailover.node.wire.HardwareAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of one address, as a store keeps it: the latest record of an address is all that is known of it. All
 * numbers are big-endian: kind of the record (1), address (4), state (1), flags (1), start, end, last transaction and
 * since (4 each), and then, each after its length (2), client, hardware address, details and history. One between two
 * partners is of another kind, and has before the client: flags (1), potential expiration sent, acknowledged and received
 * (4 each), and the latest change by the primary and by the secondary (8 each).
 */
final class BindingRecord {

    /** The kind of record: the first octet. */
    static final byte KIND = 1;

    /** The kind of record of an address between two partners. */
    static final byte SHARED_KIND = 4;

    private static final int IDENTIFIED = 1;
    private static final int BOOTP = 2;
    private static final int PENDING = 1;
    private static final int BY_PARTNER = 2;
    private static final int HEADER_LENGTH = 23;
    private static final int AGREEMENT_LENGTH = 1 + 3 * Integer.BYTES + 2 * Long.BYTES;

    /** Hardware type, and the longest hardware address of a packet. */
    private static final int HARDWARE_LENGTH_MAX = 1 + HardwareAddress.LENGTH_MAX;

    private static final byte[] NOTHING = new byte[0];

    private final Binding binding;

    private BindingRecord(Binding binding) {
        this.binding = binding;
    }

    static byte[] encode(Binding binding) {
        byte[] client = orNothing(binding.client);
        byte[] hardware = orNothing(binding.hardware);
        byte[] details = orNothing(binding.details);
        byte[] history = orNothing(binding.history);
        Agreement agreement = binding.agreement;
        int shared = agreement == null ? 0 : AGREEMENT_LENGTH;
        ByteBuffer record = ByteBuffer.allocate(
                HEADER_LENGTH + shared + 8 + client.length + hardware.length + details.length + history.length);
        record.put(agreement == null ? KIND : SHARED_KIND)
                .putInt(binding.address)
                .put((byte) binding.state.code())
                .put((byte) ((binding.identified ? IDENTIFIED : 0) | (binding.bootp ? BOOTP : 0)))
                .putInt(binding.start)
                .putInt(binding.end)
                .putInt(binding.lastTransaction)
                .putInt(binding.since);
        if (agreement != null) {
            put(record, agreement);
        }
        put(record, client);
        put(record, hardware);
        put(record, details);
        put(record, history);
        return record.array();
    }

    private static void put(ByteBuffer record, Agreement agreement) {
        record.put((byte) ((agreement.pending ? PENDING : 0) | (agreement.byPartner ? BY_PARTNER : 0)))
                .putInt(agreement.sentPotential)
                .putInt(agreement.ackedPotential)
                .putInt(agreement.receivedPotential)
                .putLong(agreement.primaryChange)
                .putLong(agreement.secondaryChange);
    }

    private static Agreement agreement(ByteBuffer record) {
        Agreement agreement = new Agreement();
        int flags = record.get();
        agreement.pending = (flags & PENDING) != 0;
        agreement.byPartner = (flags & BY_PARTNER) != 0;
        agreement.sentPotential = record.getInt();
        agreement.ackedPotential = record.getInt();
        agreement.receivedPotential = record.getInt();
        agreement.primaryChange = record.getLong();
        agreement.secondaryChange = record.getLong();
        if (!Agreement.isNumber(agreement.primaryChange) || !Agreement.isNumber(agreement.secondaryChange)) {
            throw new IllegalArgumentException("the record of a binding has a change of a number that none has");
        }
        // Whether it was sent before the restart is nowhere stored.
        agreement.setTold();
        return agreement;
    }

    private static byte[] orNothing(byte @Nullable [] octets) {
        return octets == null ? NOTHING : octets;
    }

    private static void put(ByteBuffer record, byte[] octets) {
        record.putShort((short) octets.length).put(octets);
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException when the octets are no such record
     */
    static BindingRecord decode(byte[] octets) {
        ByteBuffer record = ByteBuffer.wrap(octets);
        try {
            byte kind = record.get();
            if (kind != KIND && kind != SHARED_KIND) {
                throw new IllegalArgumentException("a record of kind " + octets[0] + " is not of a binding");
            }
            Binding binding = new Binding(record.getInt());
            BindingState state = BindingState.ofCode(record.get());
            int flags = record.get();
            binding.start = record.getInt();
            binding.end = record.getInt();
            binding.lastTransaction = record.getInt();
            binding.since = record.getInt();
            binding.agreement = kind == SHARED_KIND ? agreement(record) : null;
            binding.client = take(record);
            binding.hardware = take(record);
            binding.details = take(record);
            binding.history = take(record);
            binding.identified = (flags & IDENTIFIED) != 0;
            binding.bootp = (flags & BOOTP) != 0;
            if (state == null || record.hasRemaining() || !isSound(binding)) {
                throw new IllegalArgumentException(
                        "the record of " + binding.address() + " is not one that this version writes");
            }
            binding.state = state;
            return new BindingRecord(binding);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a record of " + octets.length + " octets ends too early", e);
        }
    }

    private static boolean isSound(Binding binding) {
        return (binding.details == null || ClientDetails.areDetails(binding.details))
                && (binding.history == null || PastLease.isHistory(binding.history))
                && (binding.client == null || binding.client.length <= 255)
                && (binding.client != null || binding.hardware == null)
                && !(binding.hardware != null && Arrays.equals(binding.hardware, binding.client))
                && (binding.hardware != null || binding.client == null || binding.client.length <= HARDWARE_LENGTH_MAX)
                && (binding.hardware == null || binding.hardware.length <= HARDWARE_LENGTH_MAX);
    }

    private static byte @Nullable [] take(ByteBuffer record) {
        byte[] octets = new byte[Math.min(record.getShort() & 0xFFFF, record.remaining() + 1)];
        record.get(octets);
        return octets.length == 0 ? null : octets;
    }

    int address() {
        return binding.address;
    }

    /** Gives a binding all that the record says. */
    void to(Binding target) {
        target.state = binding.state;
        target.identified = binding.identified;
        target.bootp = binding.bootp;
        target.client = binding.client;
        target.hardware = binding.hardware;
        target.details = binding.details;
        target.history = binding.history;
        target.start = binding.start;
        target.end = binding.end;
        target.lastTransaction = binding.lastTransaction;
        target.since = binding.since;
        target.agreement = binding.agreement;
    }
}
