package io.dhcpfailover.node.failover.message;

import java.util.Arrays;
import java.util.HexFormat;

/** Octets that mean something only to who made them. Immutable. */
public final class Octets {

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    /** These octets; the array is copied. */
    public static Octets of(byte[] octets) {
        return new Octets(octets.clone());
    }

    /** Some of an array's, which are copied. */
    static Octets of(byte[] octets, int from, int length) {
        return new Octets(Arrays.copyOfRange(octets, from, from + length));
    }

    /** How many there are. */
    public int length() {
        return octets.length;
    }

    /** A new array of them. */
    public byte[] toArray() {
        return octets.clone();
    }

    /** Not copied: for the encoder. */
    byte[] shared() {
        return octets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** In hexadecimal: nothing that a partner or a client sent is printed as it is. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
