package io.dhcpfailover.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.dhcpfailover.api.schema.TextSchema;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An Ethernet hardware address (IEEE 802 MAC-48, hardware type 1 of RFC 1700).
 *
 * @param bits the six octets as a number, 0 to 2^48 - 1
 */
@TextSchema(
        minLength = 17,
        maxLength = 17,
        rule =
                "self.matches('^[0-9A-Fa-f][02468ACEace](:[0-9A-Fa-f]{2}){5}$|^[0-9A-Fa-f][02468ACEace](-[0-9A-Fa-f]{2}){5}$')"
                        + " && !self.matches('^[0:-]+$')",
        message = "must be the hardware address of one client, such as 02:00:5e:00:53:01 or 02-00-5E-00-53-01")
public record MacAddress(long bits) {

    /** Length in octets: hlen of an Ethernet client (RFC 2131). */
    public static final int LENGTH = 6;

    private static final Pattern TEXT = Pattern.compile("[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\\1){4}[0-9A-Fa-f]{2}");
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    /** @throws IllegalArgumentException when the number has more than 48 bits */
    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("a hardware address of more than 48 bits: 0x" + Long.toHexString(bits));
        }
    }

    /**
     * Parses six octets in hexadecimal, upper or lower case, between colons (as Linux prints them) or hyphens
     * (as Windows does).
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static MacAddress parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a hardware address such as 02:00:5e:00:53:01");
        }
        return of(COLONS.parseHex(text.toLowerCase(Locale.ROOT).replace('-', ':')));
    }

    /**
     * The address that these octets are.
     *
     * @throws IllegalArgumentException when they are not six
     */
    public static MacAddress of(byte[] octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException("a hardware address of " + octets.length + " octets: Ethernet has 6");
        }
        long bits = 0;
        for (byte octet : octets) {
            bits = (bits << 8) | (octet & 0xFF);
        }
        return new MacAddress(bits);
    }

    /** A new array of its six octets. */
    public byte[] octets() {
        byte[] octets = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            octets[i] = (byte) (bits >>> (8 * (LENGTH - 1 - i)));
        }
        return octets;
    }

    /** Whether its group bit is set, which no client's own address has (IEEE 802). */
    public boolean isMulticast() {
        return ((bits >>> 40) & 1) == 1;
    }

    /** Lower case between colons, as {@link #parse} reads it. */
    @JsonValue
    @Override
    public String toString() {
        return COLONS.formatHex(octets());
    }
}
