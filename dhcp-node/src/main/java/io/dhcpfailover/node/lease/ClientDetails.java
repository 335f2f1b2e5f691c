package io.dhcpfailover.node.lease;

import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.Options;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a client and its relay say of it besides who it is: host name, name for DNS, vendor class, and relay agent
 * information. Kept as the options were sent, one after the other: code, length, octets.
 */
public final class ClientDetails {

    /** Nothing. */
    static final ClientDetails NONE = new ClientDetails(new byte[0]);

    private static final int[] KEPT = {
        DhcpOption.HOST_NAME.code(), DhcpOption.VENDOR_CLASS_IDENTIFIER.code(), DhcpOption.CLIENT_FQDN.code()
    };
    private static final int RELAY = DhcpOption.RELAY_AGENT_INFORMATION.code();
    private static final int[] ALL_KEPT = {KEPT[0], KEPT[1], KEPT[2], RELAY};
    private static final int HEADER_LENGTH = 2;

    /** Longest option that is kept, in octets: what has to be sent in parts is no name. */
    private static final int LENGTH_MAX = 255;

    private final byte[] octets;

    ClientDetails(byte[] octets) {
        this.octets = octets;
    }

    /**
     * What a packet says.
     *
     * @param relayed whether its relay agent information is a relay's, and not the client's own invention
     * @param before what was known: the relay agent information of it stays where the packet came without a relay
     */
    public static ClientDetails of(DhcpPacket packet, boolean relayed, ClientDetails before) {
        Options options = packet.options();
        byte[] @Nullable [] values = new byte[KEPT.length + 1] @Nullable [];
        int length = 0;
        for (int i = 0; i < KEPT.length; i++) {
            values[i] = options.octets(KEPT[i]);
        }
        values[KEPT.length] = relayed ? options.octets(RELAY) : before.value(RELAY);
        for (int i = 0; i < values.length; i++) {
            byte[] value = values[i];
            if (value != null && (value.length == 0 || value.length > LENGTH_MAX)) {
                values[i] = null;
            } else if (value != null) {
                length += HEADER_LENGTH + value.length;
            }
        }
        if (length == 0) {
            return NONE;
        }
        byte[] octets = new byte[length];
        int place = 0;
        for (int i = 0; i < values.length; i++) {
            byte[] value = values[i];
            if (value != null) {
                octets[place] = (byte) (i < KEPT.length ? KEPT[i] : RELAY);
                octets[place + 1] = (byte) value.length;
                System.arraycopy(value, 0, octets, place + HEADER_LENGTH, value.length);
                place += HEADER_LENGTH + value.length;
            }
        }
        return new ClientDetails(octets);
    }

    /** What a partner says: of its options those that are kept. */
    public static ClientDetails of(Options options) {
        int length = 0;
        for (int code : ALL_KEPT) {
            length += lengthOf(options.octets(code));
        }
        if (length == 0) {
            return NONE;
        }
        byte[] octets = new byte[length];
        int place = 0;
        for (int code : ALL_KEPT) {
            byte[] value = options.octets(code);
            if (value != null && lengthOf(value) > 0) {
                octets[place] = (byte) code;
                octets[place + 1] = (byte) value.length;
                System.arraycopy(value, 0, octets, place + HEADER_LENGTH, value.length);
                place += HEADER_LENGTH + value.length;
            }
        }
        return new ClientDetails(octets);
    }

    private static int lengthOf(byte @Nullable [] value) {
        return value == null || value.length == 0 || value.length > LENGTH_MAX ? 0 : HEADER_LENGTH + value.length;
    }

    /** Nothing is known. */
    public static ClientDetails none() {
        return NONE;
    }

    byte @Nullable [] shared() {
        return octets.length == 0 ? null : octets;
    }

    /** A new array of the octets of an option; null where it is absent. */
    public byte @Nullable [] value(int code) {
        for (int place = 0; place < octets.length; place += HEADER_LENGTH + (octets[place + 1] & 0xFF)) {
            if ((octets[place] & 0xFF) == code) {
                int start = place + HEADER_LENGTH;
                return Arrays.copyOfRange(octets, start, start + (octets[place + 1] & 0xFF));
            }
        }
        return null;
    }

    /** All of it as the options of a packet. */
    public Options options() {
        Options.Builder options = new Options.Builder();
        for (int place = 0; place < octets.length; place += HEADER_LENGTH + (octets[place + 1] & 0xFF)) {
            int start = place + HEADER_LENGTH;
            options.put(octets[place] & 0xFF, Arrays.copyOfRange(octets, start, start + (octets[place + 1] & 0xFF)));
        }
        return options.build();
    }

    /** Whether the octets are options, as those of a store have to be. */
    static boolean areDetails(byte[] octets) {
        int place = 0;
        while (place + HEADER_LENGTH <= octets.length && octets[place] != 0 && octets[place] != -1) {
            place += HEADER_LENGTH + (octets[place + 1] & 0xFF);
        }
        return place == octets.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientDetails that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** The options, in hexadecimal: nothing that a client sent is printed as it is. */
    @Override
    public String toString() {
        return options().toString();
    }
}
