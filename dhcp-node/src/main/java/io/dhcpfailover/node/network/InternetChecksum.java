package io.dhcpfailover.node.network;

import java.nio.ByteBuffer;

/** The checksum of IP, UDP and ICMP (RFC 1071). */
final class InternetChecksum {

    private InternetChecksum() {}

    /** The sum of 16-bit words in big-endian octets, which an odd one at the end fills up with zero; not yet folded. */
    static long sum(ByteBuffer octets, int offset, int length) {
        long sum = 0;
        int end = offset + length;
        int place = offset;
        for (; place + 1 < end; place += 2) {
            sum += octets.getShort(place) & 0xFFFF;
        }
        return place < end ? sum + ((octets.get(place) & 0xFF) << 8) : sum;
    }

    /** The checksum of what was summed up. */
    static short of(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (short) ~folded;
    }
}
