package io.dhcpfailover.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.dhcpfailover.api.schema.Rules;
import io.dhcpfailover.api.schema.TextSchema;

/**
 * An IPv4 address (RFC 791), ordered as an unsigned number.
 *
 * @param bits the address in network order: 192.0.2.1 is 0xC0000201
 */
@TextSchema(
        minLength = 7,
        maxLength = 15,
        rule = Rules.IS_ADDRESS,
        message = "must be an IPv4 address such as 192.0.2.10")
public record Ipv4Address(int bits) implements Comparable<Ipv4Address> {

    /** 0.0.0.0: no address yet (RFC 2131, section 2). */
    public static final Ipv4Address UNSPECIFIED = new Ipv4Address(0);

    /** 255.255.255.255: everyone on this link (RFC 919, section 7). */
    public static final Ipv4Address BROADCAST = new Ipv4Address(-1);

    private static final int OCTETS = 4;

    /**
     * Parses dotted decimal: four numbers from 0 to 255 without leading zeros, which some programs read as octal.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Ipv4Address parse(String text) {
        int bits = 0;
        int octet = -1;
        int octets = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.' && octet >= 0) {
                bits = (bits << 8) | octet;
                octets++;
                octet = -1;
            } else if (c >= '0' && c <= '9' && octet != 0 && octets < OCTETS) {
                octet = octet < 0 ? c - '0' : octet * 10 + c - '0';
                if (octet > 255) {
                    throw refused(text);
                }
            } else {
                throw refused(text);
            }
        }
        if (octets != OCTETS) {
            throw refused(text);
        }
        return new Ipv4Address(bits);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("'" + text + "' is not an IPv4 address such as 192.0.2.10");
    }

    /**
     * The address whose unsigned value is {@code number}.
     *
     * @throws IllegalArgumentException when the number is not from 0 to 2^32 - 1
     */
    public static Ipv4Address ofNumber(long number) {
        if (number < 0 || number > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(number + " is no IPv4 address: it is outside 0 to 4294967295");
        }
        return new Ipv4Address((int) number);
    }

    /** The address as an unsigned number, 0 to 2^32 - 1. */
    public long number() {
        return Integer.toUnsignedLong(bits);
    }

    /**
     * The address {@code count} further on; {@code count} may be negative.
     *
     * @throws IllegalArgumentException when that is before 0.0.0.0 or after 255.255.255.255
     */
    public Ipv4Address plus(long count) {
        return ofNumber(Math.addExact(number(), count));
    }

    /** Whether it is one of 224.0.0.0/4 (RFC 5771). */
    public boolean isMulticast() {
        return bits >>> 28 == 0xE;
    }

    @Override
    public int compareTo(Ipv4Address other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    /** Dotted decimal, as {@link #parse} reads it. */
    @JsonValue
    @Override
    public String toString() {
        return (bits >>> 24) + "." + ((bits >>> 16) & 0xFF) + "." + ((bits >>> 8) & 0xFF) + "." + (bits & 0xFF);
    }
}
