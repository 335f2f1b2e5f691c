package io.dhcpfailover.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.dhcpfailover.api.schema.TextSchema;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The opaque name by which a client asks to be known: the payload of DHCP option 61 (RFC 2132, section 9.14),
 * its type octet included.
 */
@TextSchema(
        minLength = 5,
        maxLength = 764,
        rule = "self.matches('^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2})+$')",
        message = "must be a client identifier in hexadecimal, its type included, such as 01:02:00:5e:00:53:01")
public final class ClientIdentifier {

    /** Shortest payload that RFC 2132 allows, in octets. */
    public static final int LENGTH_MIN = 2;

    /** Longest payload of one option, in octets. */
    public static final int LENGTH_MAX = 255;

    private static final Pattern TEXT = Pattern.compile("[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2})*");
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private final byte[] octets;

    private ClientIdentifier(byte[] octets) {
        if (octets.length < LENGTH_MIN || octets.length > LENGTH_MAX) {
            throw new IllegalArgumentException("a client identifier of " + octets.length + " octets: it has from "
                    + LENGTH_MIN + " to " + LENGTH_MAX);
        }
        this.octets = octets;
    }

    /**
     * The identifier that these octets are; the array is copied.
     *
     * @throws IllegalArgumentException when there are fewer than 2 or more than 255
     */
    public static ClientIdentifier of(byte[] octets) {
        return new ClientIdentifier(octets.clone());
    }

    /**
     * Parses octets in hexadecimal between colons or hyphens, such as 01:02:00:5e:00:53:01.
     *
     * @throws IllegalArgumentException when the text is anything else or too short or too long
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ClientIdentifier parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a client identifier in hexadecimal such as 01:02:00:5e:00:53:01");
        }
        return new ClientIdentifier(
                COLONS.parseHex(text.toLowerCase(Locale.ROOT).replace('-', ':')));
    }

    /** A new array of its octets. */
    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientIdentifier that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Lower case hexadecimal between colons, as {@link #parse} reads it. */
    @JsonValue
    @Override
    public String toString() {
        return COLONS.formatHex(octets);
    }
}
