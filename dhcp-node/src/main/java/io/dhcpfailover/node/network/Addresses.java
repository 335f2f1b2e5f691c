package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses of this project and those of the JDK. */
final class Addresses {

    private static final int OCTETS = 4;

    private Addresses() {}

    /** @throws IllegalArgumentException when the address is not IPv4 */
    static Ipv4Address of(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != OCTETS) {
            throw new IllegalArgumentException(address + " is no IPv4 address");
        }
        return new Ipv4Address(
                octets[0] << 24 | (octets[1] & 0xFF) << 16 | (octets[2] & 0xFF) << 8 | (octets[3] & 0xFF));
    }

    static InetSocketAddress socket(Ipv4Address address, int port) {
        int bits = address.bits();
        byte[] octets = {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(octets), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }
}
