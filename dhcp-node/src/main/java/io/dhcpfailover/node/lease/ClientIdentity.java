package io.dhcpfailover.node.lease;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is: the identifier that it sends (option 61), or else its hardware type and address (RFC 2131, section
 * 4.2). An identifier that is a hardware type and address is the client of that hardware (RFC 2132, section 9.14), so
 * that the same machine is one client to its boot loader and to its operating system.
 */
public final class ClientIdentity implements Comparable<ClientIdentity> {

    private final byte[] octets;

    private ClientIdentity(byte[] octets) {
        this.octets = octets;
    }

    /** The identity of a client that sends this identifier, or none, and this hardware address. */
    public static ClientIdentity of(@Nullable ClientIdentifier identifier, HardwareAddress hardware) {
        return new ClientIdentity(identifier == null ? octetsOf(hardware) : identifier.octets());
    }

    /** A client that is known by its hardware address. */
    public static ClientIdentity of(HardwareAddress hardware) {
        return new ClientIdentity(octetsOf(hardware));
    }

    /** One of a store; the array is not copied, and must not change. */
    static ClientIdentity ofOctets(byte[] octets) {
        return new ClientIdentity(octets);
    }

    static byte[] octetsOf(HardwareAddress hardware) {
        byte[] address = hardware.octets();
        byte[] octets = new byte[1 + address.length];
        octets[0] = (byte) hardware.type();
        System.arraycopy(address, 0, octets, 1, address.length);
        return octets;
    }

    /** Not copied: for the tables of this package. */
    byte[] shared() {
        return octets;
    }

    /** A new array of the octets of the identifier, or of the hardware type and the hardware address. */
    public byte[] octets() {
        return octets.clone();
    }

    /** By octets; the order means nothing, and keeps hash maps quick where clients choose keys that collide. */
    @Override
    public int compareTo(ClientIdentity other) {
        return Arrays.compare(octets, other.octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientIdentity that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        // Hardware addresses of one maker differ in their last bits only, which Arrays.hashCode leaves close together.
        long hash = octets.length;
        for (byte octet : octets) {
            hash = (hash ^ (octet & 0xFF)) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash ^ (hash >>> 32));
    }

    /** In hexadecimal between colons. */
    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(octets);
    }
}
