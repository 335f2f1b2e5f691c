package io.dhcpfailover.node.network;

import java.nio.ByteBuffer;

/** A UDP datagram in an IPv4 packet, octet by octet (RFC 791, RFC 768). */
final class Ipv4Datagram {

    /** Octets before the payload: an IPv4 header without options, and a UDP header. */
    static final int HEADERS_LENGTH = 28;

    private static final int IP_LENGTH = 20;
    private static final int UDP_LENGTH = 8;
    private static final int TIME_TO_LIVE = 64;
    private static final int UDP = 17;
    private static final byte VERSION_AND_LENGTH = 0x45;

    /** An identification of zero is right for what is never cut into fragments (RFC 6864, section 4.1). */
    private static final short DO_NOT_FRAGMENT = 0x4000;

    private Ipv4Datagram() {}

    /** Writes it to the start of a big-endian buffer that has room for it; its length. */
    static int write(ByteBuffer buffer, Endpoint source, Endpoint destination, byte[] payload) {
        int udpLength = UDP_LENGTH + payload.length;
        int length = IP_LENGTH + udpLength;
        buffer.put(0, VERSION_AND_LENGTH)
                .put(1, (byte) 0)
                .putShort(2, (short) length)
                .putShort(4, (short) 0)
                .putShort(6, DO_NOT_FRAGMENT)
                .put(8, (byte) TIME_TO_LIVE)
                .put(9, (byte) UDP)
                .putShort(10, (short) 0)
                .putInt(12, source.address().bits())
                .putInt(16, destination.address().bits())
                .putShort(20, (short) source.port())
                .putShort(22, (short) destination.port())
                .putShort(24, (short) udpLength)
                .putShort(26, (short) 0)
                .put(HEADERS_LENGTH, payload);
        buffer.putShort(10, InternetChecksum.of(InternetChecksum.sum(buffer, 0, IP_LENGTH)));
        // The addresses, the protocol and the length stand for the header of IP in the checksum of UDP.
        long sum = InternetChecksum.sum(buffer, 12, 8) + UDP + udpLength;
        short checksum = InternetChecksum.of(sum + InternetChecksum.sum(buffer, IP_LENGTH, udpLength));
        // Zero would say that there is none.
        buffer.putShort(26, checksum == 0 ? (short) 0xFFFF : checksum);
        return length;
    }
}
