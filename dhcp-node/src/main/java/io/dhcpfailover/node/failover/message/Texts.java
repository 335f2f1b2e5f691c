package io.dhcpfailover.node.failover.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts of messages, to octets and back. */
final class Texts {

    /** Longest text, in characters or octets: as long as an option of DHCP, and short enough for a line of a log. */
    static final int LENGTH_MAX = 255;

    private Texts() {}

    static void checkName(String name, int lengthMin) {
        Ranges.between(
                "octets of a relationship-name:", octets(name).length, lengthMin, Message.Connect.NAME_LENGTH_MAX);
        if (name.indexOf(0) >= 0) {
            throw new IllegalArgumentException("a relationship-name has no NUL");
        }
    }

    static void checkVendorClass(String vendorClass) {
        Ranges.between("characters of a vendor class:", vendorClass.length(), 0, LENGTH_MAX);
    }

    static byte[] octets(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** The name that the octets are; null where they are none that a relationship can have. */
    static @Nullable String name(byte[] octets, int from, int length) {
        if (length == 0 || length > Message.Connect.NAME_LENGTH_MAX) {
            return null;
        }
        try {
            String name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, from, length))
                    .toString();
            return name.indexOf(0) >= 0 ? null : name;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The first 255 characters, each an octet. */
    static byte[] shortened(String text) {
        return text.substring(0, Math.min(text.length(), LENGTH_MAX)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The first 255 characters that the octets are, without those that control a terminal. */
    static String printable(byte[] octets, int from, int length) {
        char[] characters = new char[Math.min(length, LENGTH_MAX)];
        for (int i = 0; i < characters.length; i++) {
            char character = (char) (octets[from + i] & 0xFF);
            characters[i] = Character.isISOControl(character) ? '?' : character;
        }
        return new String(characters);
    }
}
