package io.dhcpfailover.node.wire;

import io.dhcpfailover.api.value.Ipv4Address;

/**
 * A BOOTP or DHCP message, with the fields of RFC 2131, section 2 by their names there.
 *
 * @param op who speaks
 * @param hops relays it has passed, 0 to 255
 * @param xid by which a client knows the reply to its request
 * @param secs for how long the client has tried, in seconds, 0 to 65535
 * @param flags of which the first bit asks for a reply by broadcast, 0 to 65535
 * @param ciaddr the client's address, where it has one and answers to it
 * @param yiaddr the address that the client is given
 * @param siaddr the server that the client boots from
 * @param giaddr the relay on the client's link
 * @param chaddr the client's hardware address
 * @param sname the name of the server that the client boots from, octet by octet as ISO 8859-1; at most 63, because a
 *     zero ends it
 * @param file the file that the client boots, octet by octet as ISO 8859-1; at most 127, because a zero ends it
 * @param options what else it says
 */
public record DhcpPacket(
        Op op,
        int hops,
        int xid,
        int secs,
        int flags,
        Ipv4Address ciaddr,
        Ipv4Address yiaddr,
        Ipv4Address siaddr,
        Ipv4Address giaddr,
        HardwareAddress chaddr,
        String sname,
        String file,
        Options options) {

    /** Who speaks: the field op. */
    public enum Op {
        /** A client, or a relay for it. */
        BOOTREQUEST,
        /** A server. */
        BOOTREPLY
    }

    /** The flag by which a client asks for its reply by broadcast (RFC 2131, section 4.1). */
    public static final int BROADCAST_FLAG = 0x8000;

    static final int SNAME_LENGTH = 64;
    static final int FILE_LENGTH = 128;

    /** @throws IllegalArgumentException when a number or a text has no room in its field */
    public DhcpPacket {
        requireBits(hops, 8, "hops");
        requireBits(secs, 16, "secs");
        requireBits(flags, 16, "flags");
        requireText(sname, SNAME_LENGTH - 1, "sname");
        requireText(file, FILE_LENGTH - 1, "file");
    }

    private static void requireBits(int value, int bits, String field) {
        if (value >>> bits != 0) {
            throw new IllegalArgumentException(field + " is " + value + ": it has " + bits + " bits");
        }
    }

    private static void requireText(String text, int lengthMax, String field) {
        boolean sound = text.length() <= lengthMax;
        for (int i = 0; i < text.length() && sound; i++) {
            sound = text.charAt(i) != 0 && text.charAt(i) <= 0xFF;
        }
        if (!sound) {
            throw new IllegalArgumentException(
                    field + " must have at most " + lengthMax + " characters of ISO 8859-1 other than zero");
        }
    }

    /** Whether the client asks for its reply by broadcast. */
    public boolean broadcast() {
        return (flags & BROADCAST_FLAG) != 0;
    }
}
