package io.dhcpfailover.node.failover;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import java.util.BitSet;
import java.util.HexFormat;

/**
 * Which server serves which bucket: the hash-bucket-assignment of draft-ietf-dhc-failover-12, section 12.11. A bit that
 * is set means the primary, as ISC dhcpd 4.4.3 has it on the wire; the draft's text has it the other way round.
 */
public final class HashBuckets {

    /** How many octets an assignment has in a message. */
    public static final int LENGTH = 32;

    private final BitSet primarys;

    private HashBuckets(BitSet primarys) {
        this.primarys = primarys;
    }

    /**
     * The first buckets for the primary, the others for the secondary, so that a change of the percentage moves no
     * client but those of the difference.
     *
     * @param percent the primary's share of the clients, 0 to 100, rounded to whole buckets
     */
    public static HashBuckets ofPercent(int percent) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("a share of " + percent + " percent: it has from 0 to 100");
        }
        BitSet primarys = new BitSet(LoadBalance.BUCKETS);
        primarys.set(0, (LoadBalance.BUCKETS * percent + 50) / 100);
        return new HashBuckets(primarys);
    }

    /**
     * The assignment of a message: bucket h is octet h / 8, bit h mod 8 from the least significant one.
     *
     * @throws IllegalArgumentException when there are not 32 octets
     */
    public static HashBuckets ofOctets(byte[] octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException(
                    "a hash bucket assignment of " + octets.length + " octets: it has 32, one bit for each bucket");
        }
        return new HashBuckets(BitSet.valueOf(octets));
    }

    /** A new array of 32 octets, as {@link #ofOctets} reads them. */
    public byte[] octets() {
        byte[] octets = new byte[LENGTH];
        byte[] set = primarys.toByteArray();
        System.arraycopy(set, 0, octets, 0, set.length);
        return octets;
    }

    /** Who serves the clients of a bucket, 0 to 255. */
    public ServerRole serverOf(int bucket) {
        return primarys.get(bucket) ? ServerRole.Primary : ServerRole.Secondary;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashBuckets that && primarys.equals(that.primarys);
    }

    @Override
    public int hashCode() {
        return primarys.hashCode();
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets());
    }
}
