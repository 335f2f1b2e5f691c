package io.dhcpfailover.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The sockets of a server in the namespace of one, and what its clients do. */
final class Site implements AutoCloseable {

    private static final int PATIENCE_MILLISECONDS = 10_000;
    private static final MacAddress EVERYONE = MacAddress.parse("ff:ff:ff:ff:ff:ff");

    final RecordingReceiver receiver = new RecordingReceiver();
    final NetworkLoop loop;
    final ClientSockets sockets;
    private final Namespaces namespaces;

    Site(Namespaces namespaces) throws Exception {
        this.namespaces = namespaces;
        loop = namespaces.inside(Host.SERVER, NetworkLoop::start);
        sockets = new ClientSockets(loop, Binding.DHCP, receiver);
    }

    /** The links of the server by these names. */
    List<Link> links(String... names) throws Exception {
        List<Link> present = namespaces.inside(Host.SERVER, () -> Interfaces.links(List.of()));
        return present.stream()
                .filter(link -> List.of(names).contains(link.name().text()))
                .toList();
    }

    Link link(String name) throws Exception {
        return links(name).getFirst();
    }

    void serve(String... names) throws Exception {
        assertThat(sockets.serve(links(names))).isEmpty();
    }

    /** Sends as a client does that has no address. */
    void broadcast(Host host, byte[]... payloads) throws Exception {
        int index = namespaces.index(host, "eth0");
        namespaces.inside(host, () -> {
            try (PacketSocket socket = PacketSocket.open()) {
                for (byte[] payload : payloads) {
                    socket.send(
                            index,
                            EVERYONE,
                            new Endpoint(Ipv4Address.UNSPECIFIED, 68),
                            new Endpoint(Ipv4Address.BROADCAST, 67),
                            payload);
                }
                return socket.flush();
            }
        });
    }

    DatagramSocket socket(Host host, String address, int port) throws Exception {
        DatagramSocket socket = namespaces.inside(host, () -> new DatagramSocket(new InetSocketAddress(address, port)));
        socket.setSoTimeout(PATIENCE_MILLISECONDS);
        socket.setReceiveBufferSize(1 << 20);
        return socket;
    }

    static void send(DatagramSocket socket, String address, byte[] payload) throws IOException {
        socket.send(new DatagramPacket(payload, payload.length, InetAddress.getByName(address), 67));
    }

    static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return packet;
    }

    @Override
    public void close() throws IOException {
        sockets.close();
        loop.close();
    }
}
