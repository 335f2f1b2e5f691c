package io.dhcpfailover.node.wire;

/** What octets from a network are: a packet, or something else and why. */
public sealed interface Decoded {

    /**
     * A packet.
     *
     * @param packet what it says
     */
    record Packet(DhcpPacket packet) implements Decoded {}

    /**
     * No packet.
     *
     * @param reason why
     * @param offset where that was seen, in octets from the start
     */
    record Refused(Reason reason, int offset) implements Decoded {}

    /** Why octets are no packet. */
    enum Reason {
        /** Shorter than the fields that every packet has. */
        TOO_SHORT,
        /** Longer than any packet that a server would get. */
        TOO_LONG,
        /** The field op is neither a request nor a reply. */
        UNKNOWN_OP,
        /** The field hlen says more octets than chaddr has. */
        HARDWARE_ADDRESS_TOO_LONG,
        /** An option is longer than what is left of its field. */
        OPTION_OVERRUN,
        /** Option 52 is there and says none of what it can. */
        MALFORMED_OVERLOAD,
        /** An option that decides what to do with the packet is not what its type says. */
        MALFORMED_OPTION
    }
}
