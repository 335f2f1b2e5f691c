package io.dhcpfailover.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Destination;
import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.network.Counters.Kind;
import io.dhcpfailover.node.wire.Decoded;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What needs no capability: sockets on addresses of loopback. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class LoopbackTest {

    private static final int PATIENCE_MILLISECONDS = 10_000;
    private static final InterfaceName LO = new InterfaceName("lo");

    private final RecordingReceiver receiver = new RecordingReceiver();
    private final NetworkLoop loop;
    private final DatagramSocket client;
    private final Binding binding;
    private final ClientSockets sockets;

    LoopbackTest() throws IOException {
        loop = NetworkLoop.start();
        client = new DatagramSocket(new InetSocketAddress("0.0.0.0", 0));
        client.setSoTimeout(PATIENCE_MILLISECONDS);
        client.setReceiveBufferSize(1 << 20);
        binding = Binding.loopback(freePort(), client.getLocalPort());
        sockets = new ClientSockets(loop, binding, receiver);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort();
        }
    }

    @BeforeEach
    void serve() throws IOException {
        assertThat(sockets.serve(List.of(link("127.0.0.2", "127.0.0.3")))).isEmpty();
    }

    @AfterEach
    void close() throws IOException {
        sockets.close();
        loop.close();
        client.close();
    }

    private static Link link(String... addresses) {
        return new Link(1, LO, Arrays.stream(addresses).map(Ipv4Address::parse).toList());
    }

    @Test
    void aRequestComesWithItsOrigin() throws Exception {
        send("127.0.0.3", Messages.discover(7));

        RecordingReceiver.Request request = receiver.request();
        assertThat(request.xid()).isEqualTo(7);
        assertThat(request.origin())
                .isEqualTo(new Origin(
                        1, Ipv4Address.parse("127.0.0.1"), client.getLocalPort(), Ipv4Address.parse("127.0.0.3")));
        await().until(() -> receiver.batches.get() > 0);
    }

    @Test
    void aReplyComesFromTheAddressThatItNames() throws Exception {
        sockets.send(Messages.reply(8, "127.0.0.3", client()));
        sockets.flush();

        DatagramPacket received = receive();
        assertThat(Messages.xid(received.getData())).isEqualTo(8);
        assertThat(received.getSocketAddress()).isEqualTo(new InetSocketAddress("127.0.0.3", binding.serverPort()));
    }

    @Test
    void everyoneOnLoopbackIsReachedAtTheClientsPort() throws Exception {
        sockets.send(Messages.reply(9, "127.0.0.2", new Destination.Broadcast(1)));
        sockets.send(Messages.reply(
                10,
                "127.0.0.2",
                new Destination.Hardware(1, HardwareAddress.of(Messages.CLIENT), Ipv4Address.parse("127.0.0.9"))));
        sockets.flush();

        assertThat(List.of(
                        Messages.xid(receive().getData()),
                        Messages.xid(receive().getData())))
                .containsExactly(9, 10);
        assertThat(sockets.counters().value(Kind.BROADCAST_INSTEAD)).isEqualTo(1);
    }

    @Test
    void aReplyToAStandardPortGoesToTheOneThatStandsForIt() throws Exception {
        try (DatagramSocket relay = new DatagramSocket(new InetSocketAddress("127.0.0.9", binding.serverPort()))) {
            relay.setSoTimeout(PATIENCE_MILLISECONDS);
            sockets.send(Messages.reply(11, "127.0.0.2", new Destination.Unicast(Ipv4Address.parse("127.0.0.9"), 67)));
            sockets.send(Messages.reply(12, "127.0.0.2", new Destination.Unicast(Ipv4Address.parse("127.0.0.1"), 68)));
            sockets.flush();

            DatagramPacket relayed = new DatagramPacket(new byte[2048], 2048);
            relay.receive(relayed);
            assertThat(Messages.xid(relayed.getData())).isEqualTo(11);
            assertThat(Messages.xid(receive().getData())).isEqualTo(12);
        }
    }

    @Test
    void manyRepliesWakeTheNetworkOnceAndAllArrive() throws Exception {
        int count = 200;
        for (int xid = 0; xid < count; xid++) {
            assertThat(sockets.send(Messages.reply(xid, "127.0.0.2", client()))).isTrue();
        }
        assertThat(sockets.waiting()).isEqualTo(count);
        sockets.flush();

        Set<Integer> received = new HashSet<>();
        for (int i = 0; i < count; i++) {
            received.add(Messages.xid(receive().getData()));
        }
        assertThat(received).hasSize(count);
        assertThat(sockets.waiting()).isZero();
    }

    @Test
    void aReplyTooManyIsNotTaken() throws Exception {
        int taken = 0;
        while (sockets.send(Messages.reply(taken, "127.0.0.2", client()))) {
            taken++;
        }

        assertThat(sockets.waiting()).isEqualTo(taken).isEqualTo(16_384);
        assertThat(sockets.counters().value(Kind.OVERFLOWED)).isEqualTo(1);
        sockets.flush();
        await().until(() -> sockets.waiting() == 0);
        assertThat(sockets.send(Messages.reply(taken, "127.0.0.2", client()))).isTrue();
    }

    @Test
    void aReplyWithoutASocketIsCounted() throws Exception {
        sockets.send(Messages.reply(1, "127.0.0.99", client()));
        sockets.send(Messages.reply(2, "127.0.0.2", new Destination.Broadcast(99)));
        sockets.send(Messages.reply(3, "127.0.0.2", client()));
        sockets.flush();

        assertThat(Messages.xid(receive().getData())).isEqualTo(3);
        assertThat(sockets.counters().value(Kind.UNSENT)).isEqualTo(2);
    }

    @Test
    void whatIsNoPacketStopsNothing() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        byte[] noise = new byte[1000];
        random.nextBytes(noise);
        noise[0] = 9;
        byte[] cut = Arrays.copyOf(Messages.discover(1), 300);
        cut[240] = 53;
        cut[241] = (byte) 255;

        send("127.0.0.2", new byte[0]);
        send("127.0.0.2", new byte[65_507]);
        send("127.0.0.2", new byte[2048]);
        send("127.0.0.2", noise);
        send("127.0.0.2", cut);
        send("127.0.0.2", Messages.discover(11));

        assertThat(receiver.refusal().reason()).isEqualTo(Decoded.Reason.TOO_SHORT);
        assertThat(receiver.refusal().reason()).isEqualTo(Decoded.Reason.TOO_LONG);
        assertThat(receiver.refusal().reason()).isEqualTo(Decoded.Reason.TOO_LONG);
        assertThat(receiver.refusal().reason()).isEqualTo(Decoded.Reason.UNKNOWN_OP);
        assertThat(receiver.refusal().reason()).isEqualTo(Decoded.Reason.OPTION_OVERRUN);
        assertThat(receiver.request().xid()).isEqualTo(11);
        assertThat(sockets.counters().value(Kind.REFUSED)).isEqualTo(5);
    }

    @Test
    void amongTooManyNewClientsOnlyOthersAreRead() throws Exception {
        receiver.crowded = true;
        send("127.0.0.2", Messages.discover(14));
        send("127.0.0.2", Messages.octets(Messages.packet(DhcpPacket.Op.BOOTREQUEST, MessageType.REQUEST, 15)));

        assertThat(receiver.request().xid()).isEqualTo(15);
        assertThat(sockets.counters().value(Kind.CROWDED_OUT)).isEqualTo(1);
    }

    @Test
    void anotherServersReplyIsNotARequest() throws Exception {
        send("127.0.0.2", Messages.octets(Messages.packet(DhcpPacket.Op.BOOTREPLY, MessageType.ACK, 12)));
        send("127.0.0.2", Messages.discover(13));

        assertThat(receiver.request().xid()).isEqualTo(13);
        assertThat(sockets.counters().value(Kind.FOREIGN)).isEqualTo(1);
    }

    @Test
    void aReceiverThatThrowsStopsNothing() throws Exception {
        Binding other = Binding.loopback(freePort(), 1068);
        try (ClientSockets failing = new ClientSockets(loop, other, new Receiver() {
            @Override
            public void received(DhcpPacket packet, Origin origin) {
                throw new IllegalStateException("planted");
            }

            @Override
            public void refused(Decoded.Refused reason, Origin origin) {
                throw new IllegalStateException("planted");
            }

            @Override
            public boolean isCrowded() {
                return false;
            }

            @Override
            public void batchEnd() {
                throw new IllegalStateException("planted");
            }
        })) {
            failing.serve(List.of(link("127.0.0.2")));
            for (byte[] octets : List.of(Messages.discover(1), new byte[0], Messages.discover(2))) {
                client.send(new DatagramPacket(
                        octets, octets.length, InetAddress.getByName("127.0.0.2"), other.serverPort()));
            }

            await().until(() -> failing.counters().value(Kind.RECEIVED) == 2);
            await().until(() -> failing.counters().value(Kind.FAILED) >= 4);
        }
    }

    @Test
    void addressesComeAndGo() throws Exception {
        assertThat(sockets.serve(List.of(link("127.0.0.3", "127.0.0.4")))).isEmpty();

        send("127.0.0.4", Messages.discover(14));
        assertThat(receiver.request().xid()).isEqualTo(14);
        new DatagramSocket(new InetSocketAddress("127.0.0.2", binding.serverPort())).close();
    }

    @Test
    void aPortThatIsTakenIsSaidInWords() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress("127.0.0.5", binding.serverPort()))) {
            assertThat(taken.isBound()).isTrue();
            assertThat(sockets.serve(List.of(link("127.0.0.2", "127.0.0.5"))))
                    .singleElement()
                    .extracting(ClientSockets.Unserved::reason)
                    .asString()
                    .startsWith("UDP port " + binding.serverPort()
                            + " of the address 127.0.0.5 of the interface lo is taken by another program");
        }
        assertThat(sockets.serve(List.of(link("127.0.0.2", "127.0.0.5")))).isEmpty();
    }

    @Test
    void loopbackIsAnInterfaceOnlyWhereItIsNamed() throws Exception {
        assertThat(Interfaces.links(List.of())).extracting(Link::name).doesNotContain(LO);
        assertThat(Interfaces.links(List.of(LO)))
                .singleElement()
                .satisfies(link -> assertThat(link.addresses()).contains(Ipv4Address.parse("127.0.0.1")));
        assertThat(Interfaces.links(List.of(new InterfaceName("none")))).isEmpty();
    }

    private Destination client() {
        return new Destination.Unicast(Ipv4Address.parse("127.0.0.1"), client.getLocalPort());
    }

    private void send(String address, byte[] octets) throws IOException {
        client.send(new DatagramPacket(octets, octets.length, InetAddress.getByName(address), binding.serverPort()));
    }

    private DatagramPacket receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        client.receive(packet);
        return packet;
    }
}
