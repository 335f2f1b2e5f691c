package io.dhcpfailover.node.manage.isc;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.wire.Decoded;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.PacketDecoder;
import io.dhcpfailover.node.wire.PacketEncoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Clients behind a relay, which say what a test wants, when it wants, to those servers that it wants. */
final class Clients implements AutoCloseable {

    static final Ipv4Address RELAY = Ipv4Address.parse("10.82.0.1");

    /** How long a server may take that does much else; it is asked again every second. */
    private static final int TRIES = 30;

    private static final int RETRY_MILLIS = 1000;

    private final DatagramChannel channel;
    private final Selector selector;
    private int clients;
    private int xids;

    Clients(Lan lan) throws Exception {
        channel = lan.namespaces.inside(Host.RELAY, () -> {
            DatagramChannel opened = DatagramChannel.open();
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return opened.bind(new InetSocketAddress(RELAY.toString(), 67));
        });
        selector = Selector.open();
        channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
    }

    /** A machine that was never here before. */
    Client client() {
        return new Client(this, ++clients);
    }

    /** A network card that was never here before, of a machine that says who it is. */
    Client client(ClientIdentifier identifier) {
        return new Client(this, ++clients, identifier);
    }

    List<Client> clients(int count) {
        List<Client> many = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            many.add(client());
        }
        return many;
    }

    int nextXid() {
        return ++xids;
    }

    void send(DhcpPacket packet, Seat... servers) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(PacketEncoder.encode(packet, 1000));
        for (Seat server : servers) {
            int _ = channel.send(octets.duplicate(), new InetSocketAddress(server.address, 67));
        }
    }

    /** The first answer to a question, which is repeated until there is one; null where there is none. */
    @Nullable DhcpPacket ask(Function<Integer, DhcpPacket> question, Seat... servers) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int xid = nextXid();
            send(question.apply(xid), servers);
            List<DhcpPacket> answers = answers(xid, 1, Duration.ofMillis(RETRY_MILLIS));
            if (!answers.isEmpty()) {
                return answers.getFirst();
            }
        }
        return null;
    }

    /** All answers to a question that come within a time, or the first of them where so many are enough. */
    List<DhcpPacket> answers(int xid, int enough, Duration within) throws IOException {
        List<DhcpPacket> answers = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocate(2048);
        long end = System.nanoTime() + within.toNanos();
        while (answers.size() < enough && System.nanoTime() - end < 0) {
            int _ = selector.select(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            selector.selectedKeys().clear();
            while (channel.receive(buffer.clear()) != null) {
                byte[] octets = Arrays.copyOf(buffer.array(), buffer.position());
                if (PacketDecoder.decode(octets) instanceof Decoded.Packet(DhcpPacket packet) && packet.xid() == xid) {
                    answers.add(packet);
                }
            }
        }
        return answers;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
