package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.wire.Decoded;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import io.dhcpfailover.node.wire.PacketDecoder;
import io.dhcpfailover.node.wire.PacketEncoder;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A relay on loopback with its clients, in front of a server on {@link ApiSite#LOOPBACK}. It says by link selection (RFC
 * 3527) which subnet they are on. For one thread.
 */
final class LoopbackRelay implements AutoCloseable {

    private static final String ADDRESS = "127.0.0.9";
    private static final byte LINK_SELECTION = 5;
    private static final int LENGTH_MAX = 1472;

    private final DatagramSocket socket;
    private final InetSocketAddress server;

    /** @param port UDP port of the server, and of relays */
    LoopbackRelay(int port) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(ADDRESS), port));
        server = new InetSocketAddress(InetAddress.ofLiteral(ApiSite.LOOPBACK), port);
    }

    /** What a client of a subnet is offered; null for nothing within that time. */
    @Nullable DhcpPacket discover(int client, String subnet, Duration wait) throws IOException {
        return ask(client, subnet, MessageType.DISCOVER, new Options.Builder(), wait);
    }

    /** What a client is told that takes what it was offered; null for nothing within that time. */
    @Nullable DhcpPacket take(int client, String subnet, DhcpPacket offer, Duration wait) throws IOException {
        Options.Builder request = new Options.Builder()
                .put(DhcpOption.SERVER_IDENTIFIER, Ipv4Address.parse(ApiSite.LOOPBACK))
                .put(DhcpOption.REQUESTED_ADDRESS, offer.yiaddr())
                .put(DhcpOption.HOST_NAME, "host-" + client);
        return ask(client, subnet, MessageType.REQUEST, request, wait);
    }

    private @Nullable DhcpPacket ask(
            int client, String subnet, MessageType type, Options.Builder options, Duration wait) throws IOException {
        byte[] link = {LINK_SELECTION, 4, 0, 0, 0, 0};
        ByteBuffer.wrap(link).putInt(2, Ipv4Address.parse(subnet).bits());
        DhcpPacket packet = new DhcpPacket(
                DhcpPacket.Op.BOOTREQUEST,
                1,
                client,
                0,
                0,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.parse(ADDRESS),
                HardwareAddress.of(new MacAddress(0x0200_5E00_0000L + client)),
                "",
                "",
                options.put(DhcpOption.MESSAGE_TYPE, type)
                        .put(DhcpOption.RELAY_AGENT_INFORMATION.code(), link)
                        .build());
        byte[] octets = PacketEncoder.encode(packet, LENGTH_MAX);
        socket.send(new DatagramPacket(octets, octets.length, server));
        return answer(client, type == MessageType.DISCOVER, wait);
    }

    /** Also one to a question that was asked before and is the same. */
    private @Nullable DhcpPacket answer(int client, boolean offer, Duration wait) throws IOException {
        long end = System.nanoTime() + wait.toNanos();
        byte[] buffer = new byte[LENGTH_MAX];
        DatagramPacket received = new DatagramPacket(buffer, buffer.length);
        for (long left = wait.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            socket.setSoTimeout((int) left);
            try {
                socket.receive(received);
            } catch (SocketTimeoutException e) {
                return null;
            }
            if (PacketDecoder.decode(Arrays.copyOf(buffer, received.getLength()))
                            instanceof Decoded.Packet(DhcpPacket packet)
                    && packet.xid() == client
                    && offer == (packet.options().get(DhcpOption.MESSAGE_TYPE) == MessageType.OFFER)) {
                return packet;
            }
        }
        return null;
    }

    @Override
    public void close() {
        socket.close();
    }
}
