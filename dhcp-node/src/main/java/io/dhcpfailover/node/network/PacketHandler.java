package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.network.Counters.Kind;
import io.dhcpfailover.node.wire.Decoded;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.PacketDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.LoggerFactory;

/** What comes in by a socket, as values for the receiver. Nothing that it gets, and nothing that fails, goes on. */
final class PacketHandler extends ChannelInboundHandlerAdapter {

    /** Where options begin: after the fixed fields and the magic cookie (RFC 2131, section 2; RFC 2132, section 2). */
    private static final int OPTIONS_OFFSET = 240;

    private final Link link;
    private final Receiver receiver;
    private final Counters counters;
    private final SparseLog log = new SparseLog(LoggerFactory.getLogger(PacketHandler.class));

    PacketHandler(Link link, Receiver receiver, Counters counters) {
        this.link = link;
        this.receiver = receiver;
        this.counters = counters;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof DatagramPacket datagram) {
                read(datagram);
            }
        } catch (RuntimeException e) {
            failed("A packet that came in by " + link.name() + " was dropped", e);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(DatagramPacket datagram) {
        if (receiver.isCrowded() && isDiscover(datagram.content())) {
            counters.add(Kind.CROWDED_OUT);
            return;
        }
        Origin origin = new Origin(
                link.index(),
                Addresses.of(datagram.sender().getAddress()),
                datagram.sender().getPort(),
                destination(datagram));
        int length = datagram.content().readableBytes();
        if (length >= SocketOpener.DATAGRAM_MAX) {
            refused(new Decoded.Refused(Decoded.Reason.TOO_LONG, SocketOpener.DATAGRAM_MAX), origin);
            return;
        }
        switch (PacketDecoder.decode(ByteBufUtil.getBytes(datagram.content()))) {
            case Decoded.Refused refused -> refused(refused, origin);
            case Decoded.Packet(DhcpPacket packet)
            when packet.op() == DhcpPacket.Op.BOOTREPLY -> counters.add(Kind.FOREIGN);
            case Decoded.Packet(DhcpPacket packet) -> {
                counters.add(Kind.RECEIVED);
                receiver.received(packet, origin);
            }
        }
    }

    /** Whether the message type is the first option, as clients send it, and DISCOVER. */
    private static boolean isDiscover(ByteBuf packet) {
        int options = packet.readerIndex() + OPTIONS_OFFSET;
        return packet.readableBytes() >= OPTIONS_OFFSET + 3
                && packet.getUnsignedByte(options) == DhcpOption.MESSAGE_TYPE.code()
                && packet.getUnsignedByte(options + 1) == 1
                && packet.getUnsignedByte(options + 2) == MessageType.DISCOVER.code();
    }

    private Ipv4Address destination(DatagramPacket datagram) {
        Ipv4Address address = Addresses.of(datagram.recipient().getAddress());
        return address.equals(Ipv4Address.UNSPECIFIED) ? link.addresses().getFirst() : address;
    }

    private void refused(Decoded.Refused refused, Origin origin) {
        counters.add(Kind.REFUSED);
        receiver.refused(refused, origin);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        try {
            receiver.batchEnd();
        } catch (RuntimeException e) {
            failed("Packets that came in by " + link.name() + " were not worked on", e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failed("A socket of " + link.name() + " failed to receive or to send", cause);
    }

    private void failed(String what, Throwable cause) {
        counters.add(Kind.FAILED);
        log.warn(what, cause);
    }
}
