package io.dhcpfailover.lab.client;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.wire.Decoded;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.PacketDecoder;
import io.dhcpfailover.node.wire.PacketEncoder;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A relay between clients and both servers. */
public final class Relay implements Closeable {

    /** What Ethernet carries in one packet. */
    private static final int LENGTH_MAX = 1472;

    private static final int LENGTH_RECEIVED_MAX = 4096;

    /** Link selection: an address of the client's subnet. */
    private static final byte LINK_SELECTION = 5;

    private final DatagramChannel channel;
    private final Ipv4Address address;
    private final Ipv4Address subnet;
    private final int port;
    private final List<Ipv4Address> servers;
    private final Map<Integer, BlockingQueue<DhcpPacket>> asking = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger(1);
    private final Set<Cut> cuts = ConcurrentHashMap.newKeySet();

    /**
     * What does not reach each other.
     *
     * @param client by its hardware address
     * @param server by its address
     */
    private record Cut(HardwareAddress client, Ipv4Address server) {}

    /**
     * Opens it.
     *
     * @param address its own, of loopback
     * @param subnet an address of the subnet that its clients are on
     * @param port of servers and relays
     * @param servers that it gives questions to
     * @throws IOException where the port is taken
     */
    public static Relay open(Ipv4Address address, Ipv4Address subnet, int port, List<Ipv4Address> servers)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open().bind(socket(address, port));
        Relay relay = new Relay(channel, address, subnet, port, servers);
        Thread.ofPlatform().daemon().name("relay").start(relay::receive);
        return relay;
    }

    private Relay(
            DatagramChannel channel, Ipv4Address address, Ipv4Address subnet, int port, List<Ipv4Address> servers) {
        this.channel = channel;
        this.address = address;
        this.subnet = subnet;
        this.port = port;
        this.servers = List.copyOf(servers);
    }

    private static InetSocketAddress socket(Ipv4Address address, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(address.toString()), port);
    }

    /** A question that waits for answers, whoever gives them. */
    final class Question implements AutoCloseable {

        private final int xid = questions.getAndIncrement();
        private final BlockingQueue<DhcpPacket> answers = new LinkedBlockingQueue<>();

        private Question() {
            asking.put(xid, answers);
        }

        int xid() {
            return xid;
        }

        /** Sends it to one server, or to all. */
        void send(DhcpPacket packet, @Nullable Ipv4Address server) throws IOException {
            ByteBuffer octets = ByteBuffer.wrap(PacketEncoder.encode(packet, LENGTH_MAX));
            for (Ipv4Address each : server == null ? servers : List.of(server)) {
                if (cuts.contains(new Cut(packet.chaddr(), each))) {
                    continue;
                }
                try {
                    int _ = channel.send(octets.duplicate(), socket(each, port));
                } catch (PortUnreachableException e) {
                    // That server is not there; the packet is lost, as on any network.
                    Thread.onSpinWait();
                }
            }
        }

        /** Answers, in the order in which they come. */
        BlockingQueue<DhcpPacket> answers() {
            return answers;
        }

        @Override
        public void close() {
            asking.remove(xid);
        }
    }

    /** Lets nothing pass between a client and a server from now on. */
    void cut(HardwareAddress client, Ipv4Address server) {
        cuts.add(new Cut(client, server));
    }

    /** Lets everything pass again. */
    void mend() {
        cuts.clear();
    }

    Question question() {
        return new Question();
    }

    Ipv4Address address() {
        return address;
    }

    /** Its option 82. */
    byte[] information() {
        byte[] octets = {LINK_SELECTION, 4, 0, 0, 0, 0};
        ByteBuffer.wrap(octets).putInt(2, (int) subnet.number());
        return octets;
    }

    private static Ipv4Address address(SocketAddress from) {
        return from instanceof InetSocketAddress socket
                ? Ipv4Address.parse(socket.getAddress().getHostAddress())
                : Ipv4Address.UNSPECIFIED;
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH_RECEIVED_MAX);
        while (true) {
            try {
                SocketAddress from = channel.receive(buffer.clear());
                byte[] octets = new byte[buffer.flip().remaining()];
                buffer.get(octets);
                if (PacketDecoder.decode(octets) instanceof Decoded.Packet(DhcpPacket packet)) {
                    BlockingQueue<DhcpPacket> answers = asking.get(packet.xid());
                    if (answers != null && !cuts.contains(new Cut(packet.chaddr(), address(from)))) {
                        answers.add(packet);
                    }
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // An error that an earlier packet came back with.
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
