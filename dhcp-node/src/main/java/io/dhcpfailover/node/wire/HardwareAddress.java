package io.dhcpfailover.node.wire;

import io.dhcpfailover.api.value.MacAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A client's hardware address: the fields htype, hlen and chaddr (RFC 2131, section 2). */
public final class HardwareAddress {

    /** Hardware type of Ethernet (RFC 1700, Number Hardware Type). */
    public static final int ETHERNET = 1;

    /** Room for the address in a packet, in octets. */
    public static final int LENGTH_MAX = 16;

    private final int type;
    private final byte[] octets;

    private HardwareAddress(int type, byte[] octets) {
        if (type < 0 || type > 255 || octets.length > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a hardware address of type " + type + " with " + octets.length + " octets: a packet has no room");
        }
        this.type = type;
        this.octets = octets;
    }

    /**
     * An address of any type; the octets are copied.
     *
     * @throws IllegalArgumentException when the type is not from 0 to 255, or there are more than 16 octets
     */
    public static HardwareAddress of(int type, byte[] octets) {
        return new HardwareAddress(type, octets.clone());
    }

    /** The address that stands at a place of a packet. */
    static HardwareAddress read(int type, byte[] packet, int offset, int length) {
        return new HardwareAddress(type, Arrays.copyOfRange(packet, offset, offset + length));
    }

    /** An Ethernet address. */
    public static HardwareAddress of(MacAddress address) {
        return new HardwareAddress(ETHERNET, address.octets());
    }

    /** The hardware type: htype. */
    public int type() {
        return type;
    }

    /** The number of octets: hlen, 0 to 16. */
    public int length() {
        return octets.length;
    }

    /** A new array of its octets. */
    public byte[] octets() {
        return octets.clone();
    }

    void copyTo(byte[] packet, int offset) {
        System.arraycopy(octets, 0, packet, offset, octets.length);
    }

    /** As an Ethernet address; null where it is of another type or length. */
    public @Nullable MacAddress mac() {
        return type == ETHERNET && octets.length == MacAddress.LENGTH ? MacAddress.of(octets) : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HardwareAddress that && type == that.type && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(octets);
    }

    /** The octets in hexadecimal between colons, after the type where that is not Ethernet. */
    @Override
    public String toString() {
        String text = HexFormat.ofDelimiter(":").formatHex(octets);
        return type == ETHERNET ? text : type + "/" + text;
    }
}
