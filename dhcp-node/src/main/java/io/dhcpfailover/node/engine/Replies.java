package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.scope.ServedScope.Answer;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import io.dhcpfailover.node.wire.PacketEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a server says, by table 3 of RFC 2131, and to whom, by its section 4.1. */
final class Replies {

    static final int SERVER_PORT = 67;
    static final int CLIENT_PORT = 68;

    /** An IP and a UDP header: option 57 counts them (RFC 2132, section 9.10), a packet here does not. */
    private static final int HEADERS_LENGTH = 28;

    /** Longest datagram that is sent whatever a client says it takes: an Ethernet frame. */
    private static final int DATAGRAM_LENGTH_MAX = 1500;

    private static final int DATAGRAM_LENGTH_MIN = 576;

    /** Longest boot file and server name in their fields, which end with a zero. */
    private static final int FILE_LENGTH_MAX = 127;

    private static final int SNAME_LENGTH_MAX = 63;
    private static final byte[] NOTHING = new byte[0];

    private final EngineState state;

    Replies(EngineState state) {
        this.state = state;
    }

    /** OFFER or ACK of an address. */
    Reply lease(Exchange exchange, MessageType type, Ipv4Address address, Answer answer, long seconds) {
        Ipv4Address identifier = state.identifier(exchange);
        Options.Builder options = new Options.Builder()
                .put(DhcpOption.MESSAGE_TYPE, type)
                .put(DhcpOption.SERVER_IDENTIFIER, identifier)
                .put(DhcpOption.LEASE_TIME, seconds);
        if (seconds != EngineState.UNLIMITED) {
            // RFC 2131, section 4.4.5.
            options.put(DhcpOption.RENEWAL_TIME, seconds / 2).put(DhcpOption.REBINDING_TIME, seconds * 7 / 8);
        }
        configured(exchange, answer, options);
        Ipv4Address ciaddr = type == MessageType.ACK ? exchange.packet().ciaddr() : Ipv4Address.UNSPECIFIED;
        return reply(exchange, ciaddr, address, answer, options, destination(exchange, address));
    }

    /** An OFFER of no address, to a client that asks whether it may give itself one (RFC 2563, section 2.3). */
    Reply noAddress(Exchange exchange, Answer answer) {
        Options.Builder options = new Options.Builder()
                .put(DhcpOption.MESSAGE_TYPE, MessageType.OFFER)
                .put(DhcpOption.SERVER_IDENTIFIER, state.identifier(exchange))
                .copy(answer.options(), DhcpOption.AUTO_CONFIGURE.code());
        Destination destination = exchange.isRelayed()
                ? relay(exchange)
                : new Destination.Broadcast(exchange.origin().link());
        return reply(exchange, Ipv4Address.UNSPECIFIED, Ipv4Address.UNSPECIFIED, null, options, destination);
    }

    /** ACK of an INFORM: options without an address and a lease (RFC 2131, section 4.3.5). */
    Reply inform(Exchange exchange, Ipv4Address client, Answer answer) {
        Options.Builder options = new Options.Builder()
                .put(DhcpOption.MESSAGE_TYPE, MessageType.ACK)
                .put(DhcpOption.SERVER_IDENTIFIER, state.identifier(exchange));
        configured(exchange, answer, options);
        return reply(
                exchange,
                exchange.packet().ciaddr(),
                Ipv4Address.UNSPECIFIED,
                answer,
                options,
                new Destination.Unicast(client, CLIENT_PORT));
    }

    /** NAK, which a client without a valid address must be able to hear (RFC 2131, section 4.1). */
    Reply refusal(Exchange exchange, String why) {
        Options.Builder options = new Options.Builder()
                .put(DhcpOption.MESSAGE_TYPE, MessageType.NAK)
                .put(DhcpOption.SERVER_IDENTIFIER, state.identifier(exchange))
                .put(DhcpOption.MESSAGE, why);
        Destination destination;
        if (exchange.isRelayed()) {
            destination = relay(exchange);
        } else if (exchange.hasAddress()
                && state.isUnicast(exchange)
                && !state.isOnLink(exchange.packet().ciaddr(), exchange.origin().link())) {
            // A broadcast would not reach it: it renews from behind a router.
            destination = new Destination.Unicast(exchange.packet().ciaddr(), CLIENT_PORT);
        } else {
            destination = new Destination.Broadcast(exchange.origin().link());
        }
        return reply(exchange, Ipv4Address.UNSPECIFIED, Ipv4Address.UNSPECIFIED, null, options, destination);
    }

    /** BOOTREPLY to a BOOTP client (RFC 951, RFC 1542). */
    Reply bootp(Exchange exchange, Ipv4Address address, Answer answer) {
        Options.Builder options = new Options.Builder();
        configured(exchange, answer, options);
        return reply(exchange, exchange.packet().ciaddr(), address, answer, options, destination(exchange, address));
    }

    /** The answer to a leasequery, which goes to the relay that asked (RFC 4388, section 6.4). */
    Reply leaseQuery(Exchange exchange, DhcpPacket answer) {
        return new Reply(answer, lengthMax(exchange), state.source(exchange), relay(exchange));
    }

    /** The options that the client asks for, in its order; all of them where it asks for none (RFC 2131, 4.3.1). */
    private static void configured(Exchange exchange, Answer answer, Options.Builder target) {
        Options options = answer.options();
        Options asked = exchange.packet().options();
        byte[] codes = asked.octets(DhcpOption.PARAMETER_REQUEST_LIST.code());
        if (codes == null) {
            for (int i = 0; i < options.size(); i++) {
                int code = options.code(i);
                // RFC 8925, section 3.3, and RFC 2563, section 2.1: never to a client that did not ask.
                if (code != DhcpOption.IPV6_ONLY_PREFERRED.code() && code != DhcpOption.AUTO_CONFIGURE.code()) {
                    target.copy(options, code);
                }
            }
        } else {
            target.copy(options, DhcpOption.SUBNET_MASK.code());
            for (byte code : codes) {
                target.copy(options, code & 0xFF);
            }
        }
        if (asked.has(DhcpOption.AUTO_CONFIGURE)) {
            target.copy(options, DhcpOption.AUTO_CONFIGURE.code());
        }
    }

    private Reply reply(
            Exchange exchange,
            Ipv4Address ciaddr,
            Ipv4Address yiaddr,
            @Nullable Answer answer,
            Options.Builder options,
            Destination destination) {
        DhcpPacket request = exchange.packet();
        // RFC 6842, and RFC 3046, section 2.2; the encoder writes the latter last.
        options.copy(request.options(), DhcpOption.CLIENT_IDENTIFIER.code());
        if (state.isSubnetSelected(exchange)) {
            options.copy(request.options(), DhcpOption.SUBNET_SELECTION.code());
        }
        if (exchange.relayAgentInformation() != null) {
            options.copy(request.options(), DhcpOption.RELAY_AGENT_INFORMATION.code());
        }
        boolean refusedByRelay = answer == null && exchange.isRelayed();
        DhcpPacket packet = new DhcpPacket(
                DhcpPacket.Op.BOOTREPLY,
                0,
                request.xid(),
                0,
                // RFC 2131, section 4.3.2: so that the relay broadcasts a NAK.
                request.flags() | (refusedByRelay ? DhcpPacket.BROADCAST_FLAG : 0),
                ciaddr,
                yiaddr,
                answer == null ? Ipv4Address.UNSPECIFIED : answer.bootServer(),
                request.giaddr(),
                request.chaddr(),
                answer == null ? "" : field(exchange, answer, DhcpOption.TFTP_SERVER_NAME, SNAME_LENGTH_MAX),
                answer == null ? "" : field(exchange, answer, DhcpOption.BOOT_FILE_NAME, FILE_LENGTH_MAX),
                options.build());
        return new Reply(packet, lengthMax(exchange), state.source(exchange), destination);
    }

    /** Boot loaders that do not ask for the option read the field of the packet (RFC 2132, sections 9.4 and 9.5). */
    private static String field(Exchange exchange, Answer answer, DhcpOption<String> option, int lengthMax) {
        byte[] text = answer.options().octets(option.code());
        if (text == null || text.length > lengthMax || asks(exchange, option.code())) {
            return "";
        }
        String field = new String(text, StandardCharsets.ISO_8859_1);
        return field.indexOf(0) < 0 ? field : "";
    }

    private static boolean asks(Exchange exchange, int code) {
        byte[] codes = exchange.packet().options().octets(DhcpOption.PARAMETER_REQUEST_LIST.code());
        for (byte asked : codes == null ? NOTHING : codes) {
            if ((asked & 0xFF) == code) {
                return true;
            }
        }
        return false;
    }

    private static int lengthMax(Exchange exchange) {
        Integer taken = exchange.packet().options().get(DhcpOption.MAXIMUM_MESSAGE_SIZE);
        if (taken != null) {
            return Math.clamp(taken, DATAGRAM_LENGTH_MIN, DATAGRAM_LENGTH_MAX) - HEADERS_LENGTH;
        }
        return exchange.type() == null ? PacketEncoder.LENGTH_MIN : PacketEncoder.LENGTH_EVERY_CLIENT_TAKES;
    }

    private static Destination relay(Exchange exchange) {
        return new Destination.Unicast(exchange.packet().giaddr(), SERVER_PORT);
    }

    private static Destination destination(Exchange exchange, Ipv4Address address) {
        DhcpPacket request = exchange.packet();
        if (exchange.isRelayed()) {
            return relay(exchange);
        }
        if (exchange.hasAddress()) {
            return new Destination.Unicast(request.ciaddr(), CLIENT_PORT);
        }
        if (request.broadcast() || request.chaddr().mac() == null) {
            return new Destination.Broadcast(exchange.origin().link());
        }
        return new Destination.Hardware(exchange.origin().link(), request.chaddr(), address);
    }
}
