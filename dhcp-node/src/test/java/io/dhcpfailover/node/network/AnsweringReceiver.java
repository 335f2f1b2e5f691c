package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Destination;
import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.wire.Decoded;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import io.dhcpfailover.node.wire.PacketEncoder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** As little of a server as a client needs for a lease: everyone gets the same address. */
final class AnsweringReceiver implements Receiver {

    private final Ipv4Address server;
    private final Ipv4Address offered;
    private final AtomicReference<@Nullable ClientSockets> sockets = new AtomicReference<>();
    final Queue<Origin> origins = new ConcurrentLinkedQueue<>();

    AnsweringReceiver(String server, String offered) {
        this.server = Ipv4Address.parse(server);
        this.offered = Ipv4Address.parse(offered);
    }

    /** By which it answers. */
    void answerBy(ClientSockets opened) {
        sockets.set(opened);
    }

    @Override
    public void received(DhcpPacket packet, Origin origin) {
        ClientSockets opened = sockets.get();
        MessageType type = packet.options().get(DhcpOption.MESSAGE_TYPE);
        if (opened == null || (type != MessageType.DISCOVER && type != MessageType.REQUEST)) {
            return;
        }
        origins.add(origin);
        DhcpPacket answer = new DhcpPacket(
                DhcpPacket.Op.BOOTREPLY,
                0,
                packet.xid(),
                0,
                packet.flags(),
                Ipv4Address.UNSPECIFIED,
                offered,
                Ipv4Address.UNSPECIFIED,
                packet.giaddr(),
                packet.chaddr(),
                "",
                "",
                new Options.Builder()
                        .put(
                                DhcpOption.MESSAGE_TYPE,
                                type == MessageType.DISCOVER ? MessageType.OFFER : MessageType.ACK)
                        .put(DhcpOption.SERVER_IDENTIFIER, server)
                        .put(DhcpOption.LEASE_TIME, 3600L)
                        .put(DhcpOption.SUBNET_MASK, Ipv4Address.parse("255.255.255.0"))
                        .build());
        opened.send(new Reply(answer, PacketEncoder.LENGTH_EVERY_CLIENT_TAKES, server, destination(packet, origin)));
    }

    /** RFC 2131, section 4.1. */
    private Destination destination(DhcpPacket packet, Origin origin) {
        if (!packet.giaddr().equals(Ipv4Address.UNSPECIFIED)) {
            return new Destination.Unicast(packet.giaddr(), 67);
        }
        return packet.broadcast()
                ? new Destination.Broadcast(origin.link())
                : new Destination.Hardware(origin.link(), packet.chaddr(), offered);
    }

    @Override
    public void refused(Decoded.Refused reason, Origin origin) {}

    @Override
    public boolean isCrowded() {
        return false;
    }

    @Override
    public void batchEnd() {
        ClientSockets opened = sockets.get();
        if (opened != null) {
            opened.flush();
        }
    }
}
