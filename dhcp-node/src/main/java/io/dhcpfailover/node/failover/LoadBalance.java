package io.dhcpfailover.node.failover;

import io.dhcpfailover.node.lease.ClientIdentity;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Which of two servers a client belongs to: the hash of RFC 3074, section 6. A client is always in the same of 256
 * buckets; who serves a bucket, {@link HashBuckets} says.
 */
public final class LoadBalance {

    /** How many buckets there are. */
    public static final int BUCKETS = 256;

    /** The mixing table of RFC 3074, section 6: a permutation of 0 to 255. */
    private static final byte[] MIX = HexFormat.of().parseHex("""
            fbaf77d7510e4fbf6731b58fba9d00e81f20373c983a11edae46a090dc5a39df
            3b03128c6fa6cbc486f37c5fdeb3c541b430240f6b2ee982a51e7ba1d1176110
            285bdb3d640ad26dfa7f168a1d6cf443cf09b2cc4a627ef9a774224dc1c87905
            14714723800db65e19e2e3c74b1b29f5e6e02be1b11a9b96d48eda73f1495869
            27723effc0c991d6a89edd949a7a0c5452a32c8be4eccdf2d90bbb929f4056ef
            c32a6ac67670b8ac5702ad75b0e5f7fd89b963a466932d42e7348dd3c2cef6ee
            386e4ef83ff0bd5d5c3335b713ab48322168654508fc53784c875536ca7dbcd5
            60eb88d0a281be849c262f0107fe1804d88359151c8525999550aa4406a9ea97
            """.replace("\n", ""));

    /** A secs field above this whose low octet is zero was filled in by a client with the wrong byte order. */
    private static final int SECS_SWAPPED_ABOVE = 255;

    private LoadBalance() {}

    /**
     * The bucket of a client, 0 to 255: of its client identifier as it sends it, or else of its hardware address
     * without the type (draft-ietf-dhc-failover-12, section 5.3; measured with ISC dhcpd 4.4.3).
     *
     * @param identified whether the identity is what the client sends as option 61
     */
    public static int bucket(ClientIdentity client, boolean identified) {
        byte[] octets = client.octets();
        return hash(identified || octets.length == 0 ? octets : Arrays.copyOfRange(octets, 1, octets.length));
    }

    /** The hash of these octets, 0 to 255: from the last to the first, beginning with their number. */
    public static int hash(byte[] key) {
        int hash = key.length & 0xFF;
        for (int i = key.length - 1; i >= 0; i--) {
            hash = MIX[hash ^ (key[i] & 0xFF)] & 0xFF;
        }
        return hash;
    }

    /**
     * Whether a client has asked for so long that either server answers it (RFC 3074, section 4, delayed service).
     *
     * @param secs the field of its packet, 0 to 65535; one in the wrong byte order is taken for what it was meant to be
     * @param maxWait in seconds: a client waits for so long and not longer
     */
    public static boolean hasWaited(int secs, long maxWait) {
        boolean swapped = secs > SECS_SWAPPED_ABOVE && (secs & 0xFF) == 0;
        return (swapped ? secs >> 8 : secs) > maxWait;
    }
}
