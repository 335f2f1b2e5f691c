package io.dhcpfailover.node.manage.clients;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;

/** What a message is: its type, and for a request the state of the client (RFC 2131, section 4.3.2 and table 4). */
enum Kind {
    DISCOVER,
    OFFER,
    /** A request with server identifier and requested address, to everyone. */
    SELECTING,
    /** A request with a requested address and without server identifier, to everyone. */
    INIT_REBOOT,
    /** A request with ciaddr alone, to the server. */
    RENEWING,
    /** A request with ciaddr alone, to everyone. */
    REBINDING,
    ACK,
    NAK,
    DECLINE,
    RELEASE,
    /** Nothing of the standard. */
    OTHER;

    static Kind of(DhcpPacket packet, Ipv4Address destination) {
        MessageType type = packet.options().get(DhcpOption.MESSAGE_TYPE);
        if (type == null) {
            return OTHER;
        }
        return switch (type) {
            case DISCOVER -> DISCOVER;
            case OFFER -> OFFER;
            case REQUEST -> ofRequest(packet, destination.equals(Ipv4Address.BROADCAST));
            case ACK -> ACK;
            case NAK -> NAK;
            case DECLINE -> DECLINE;
            case RELEASE -> RELEASE;
            default -> OTHER;
        };
    }

    private static Kind ofRequest(DhcpPacket packet, boolean toEveryone) {
        boolean server = packet.options().has(DhcpOption.SERVER_IDENTIFIER);
        boolean requested = packet.options().has(DhcpOption.REQUESTED_ADDRESS);
        boolean hasAddress = !packet.ciaddr().equals(Ipv4Address.UNSPECIFIED);
        if (hasAddress && !server && !requested) {
            return toEveryone ? REBINDING : RENEWING;
        }
        if (!hasAddress && requested && toEveryone) {
            return server ? SELECTING : INIT_REBOOT;
        }
        return OTHER;
    }
}
