package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.engine.Destination;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import io.dhcpfailover.node.wire.PacketEncoder;
import java.nio.ByteBuffer;

/** Packets that are told apart by their xid. */
final class Messages {

    static final MacAddress CLIENT = MacAddress.parse("02:00:00:00:00:01");

    private Messages() {}

    static DhcpPacket packet(DhcpPacket.Op op, MessageType type, int xid) {
        return new DhcpPacket(
                op,
                0,
                xid,
                0,
                0,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                HardwareAddress.of(CLIENT),
                "",
                "",
                new Options.Builder().put(DhcpOption.MESSAGE_TYPE, type).build());
    }

    static byte[] discover(int xid) {
        return octets(packet(DhcpPacket.Op.BOOTREQUEST, MessageType.DISCOVER, xid));
    }

    static byte[] octets(DhcpPacket packet) {
        return PacketEncoder.encode(packet, PacketEncoder.LENGTH_EVERY_CLIENT_TAKES);
    }

    static Reply reply(int xid, String source, Destination destination) {
        return new Reply(
                packet(DhcpPacket.Op.BOOTREPLY, MessageType.OFFER, xid),
                PacketEncoder.LENGTH_EVERY_CLIENT_TAKES,
                Ipv4Address.parse(source),
                destination);
    }

    /** The field xid of a packet's octets. */
    static int xid(byte[] octets) {
        return ByteBuffer.wrap(octets).getInt(4);
    }
}
