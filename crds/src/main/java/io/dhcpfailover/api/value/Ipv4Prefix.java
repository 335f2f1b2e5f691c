package io.dhcpfailover.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.dhcpfailover.api.schema.TextSchema;

/**
 * An IPv4 prefix in CIDR notation (RFC 4632): a network and the number of leading bits that its addresses share.
 *
 * @param network the first address; all bits after the first {@code length} are zero
 * @param length 0 to 32
 */
@TextSchema(
        minLength = 9,
        maxLength = 18,
        rule = "isCIDR(self) && cidr(self).ip().family() == 4 && cidr(self).masked() == cidr(self)",
        message = "must be an IPv4 network in CIDR notation with no bits set after its prefix, such as 192.0.2.0/24")
public record Ipv4Prefix(Ipv4Address network, int length) {

    /** @throws IllegalArgumentException when the length is outside 0 to 32 or the network has bits set after it */
    public Ipv4Prefix {
        if (length < 0 || length > 32) {
            throw new IllegalArgumentException("a prefix of " + length + " bits: it must have from 0 to 32");
        }
        if ((network.bits() & ~maskBits(length)) != 0) {
            throw new IllegalArgumentException(network + "/" + length + " has bits set after its prefix: write "
                    + new Ipv4Address(network.bits() & maskBits(length)) + "/" + length);
        }
    }

    /**
     * Parses {@code network/length}, such as 192.0.2.0/24.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Ipv4Prefix parse(String text) {
        int slash = text.indexOf('/');
        String length = text.substring(slash + 1);
        if (slash < 0 || !length.matches("0|[1-9][0-9]?")) {
            throw new IllegalArgumentException("'" + text + "' is not an IPv4 prefix such as 192.0.2.0/24");
        }
        return new Ipv4Prefix(Ipv4Address.parse(text.substring(0, slash)), Integer.parseInt(length));
    }

    /** The prefix of this length that the address lies in. */
    public static Ipv4Prefix containing(Ipv4Address address, int length) {
        return new Ipv4Prefix(new Ipv4Address(address.bits() & maskBits(length)), length);
    }

    private static int maskBits(int length) {
        return length == 0 ? 0 : -1 << (32 - length);
    }

    /** The subnet mask (RFC 950): 255.255.255.0 for 24 bits. */
    public Ipv4Address mask() {
        return new Ipv4Address(maskBits(length));
    }

    /** The last address, which is the directed broadcast address of prefixes up to 30 bits (RFC 919). */
    public Ipv4Address last() {
        return new Ipv4Address(network.bits() | ~maskBits(length));
    }

    /** The number of addresses, 1 to 2^32, first and last included. */
    public long size() {
        return 1L << (32 - length);
    }

    /** Whether the address lies in it. */
    public boolean contains(Ipv4Address address) {
        return (address.bits() & maskBits(length)) == network.bits();
    }

    /** Whether the whole range lies in it. */
    public boolean contains(Ipv4Range range) {
        return contains(range.start()) && contains(range.end());
    }

    /** Whether any address lies in both. */
    public boolean overlaps(Ipv4Prefix other) {
        return contains(other.network) || other.contains(network);
    }

    /** CIDR notation, as {@link #parse} reads it. */
    @JsonValue
    @Override
    public String toString() {
        return network + "/" + length;
    }
}
