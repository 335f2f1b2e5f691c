package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The record of a store of the scopes of a relationship.
 *
 * @param relationship by name
 * @param leadTime the MCLT of both
 * @param ownChange the number of the latest change here: bindings say it as well, but those of a scope that left are erased
 * @param partnersChange the number of the latest change by the partner that is known here, likewise
 * @param memberships what each scope is to it, by its subnet
 */
record StoredScopes(
        String relationship,
        LeadTime.Kept leadTime,
        long ownChange,
        long partnersChange,
        Map<Ipv4Prefix, Membership> memberships) {

    /** The kind of the record: its first octet. */
    static final byte KIND = 6;

    private static final int MEMBERSHIP_LENGTH = 6;

    /** Copies the map. */
    StoredScopes {
        memberships = Map.copyOf(memberships);
    }

    /** The same with other scopes. */
    StoredScopes with(Map<Ipv4Prefix, Membership> others) {
        return new StoredScopes(relationship, leadTime, ownChange, partnersChange, others);
    }

    /** The clock was set. */
    StoredScopes shifted(long seconds) {
        return new StoredScopes(relationship, leadTime.shifted(seconds), ownChange, partnersChange, memberships);
    }

    /**
     * Kind (1), name's length (1), name, the MCLT of both as of {@link LeadTime} (4 by 8), the latest change here and by the
     * partner (8 each); and for each scope its network (4), the length of its prefix (1) and what it is (1).
     */
    byte[] encode() {
        byte[] name = relationship.getBytes(StandardCharsets.UTF_8);
        ByteBuffer record = ByteBuffer.allocate(
                        2 + name.length + 6 * Long.BYTES + memberships.size() * MEMBERSHIP_LENGTH)
                .put(KIND)
                .put((byte) name.length)
                .put(name)
                .putLong(leadTime.own())
                .putLong(leadTime.partners())
                .putLong(leadTime.before())
                .putLong(leadTime.until())
                .putLong(ownChange)
                .putLong(partnersChange);
        memberships.forEach(
                (subnet, membership) -> record.putInt(subnet.network().bits())
                        .put((byte) subnet.length())
                        .put(membership.code()));
        return record.array();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException when the octets are no such record
     */
    static StoredScopes decode(byte[] octets) {
        ByteBuffer record = ByteBuffer.wrap(octets);
        try {
            record.get();
            byte[] name = new byte[record.get() & 0xFF];
            record.get(name);
            LeadTime.Kept leadTime =
                    new LeadTime.Kept(record.getLong(), record.getLong(), record.getLong(), record.getLong());
            long ownChange = record.getLong();
            long partnersChange = record.getLong();
            Map<Ipv4Prefix, Membership> memberships = new HashMap<>();
            while (record.hasRemaining()) {
                Ipv4Prefix subnet = new Ipv4Prefix(new Ipv4Address(record.getInt()), record.get());
                Membership membership = Membership.ofCode(record.get());
                if (membership == null) {
                    throw new IllegalArgumentException("the record of the scopes of a relationship has something of "
                            + subnet + " that this version does not write");
                }
                memberships.put(subnet, membership);
            }
            return new StoredScopes(
                    new String(name, StandardCharsets.UTF_8), leadTime, ownChange, partnersChange, memberships);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a record of " + octets.length + " octets ends too early", e);
        }
    }
}
