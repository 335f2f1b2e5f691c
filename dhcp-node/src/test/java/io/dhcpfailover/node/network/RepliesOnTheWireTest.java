package io.dhcpfailover.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.engine.Destination;
import io.dhcpfailover.node.network.Counters.Kind;
import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replies leave by the right interface, from the right address, in the right frame. */
@Timeout(120)
class RepliesOnTheWireTest {

    private static final MacAddress EVERYONE = MacAddress.parse("ff:ff:ff:ff:ff:ff");

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces();

    private final Site site;

    RepliesOnTheWireTest() throws Exception {
        site = new Site(NAMESPACES);
    }

    @BeforeEach
    void serve() throws Exception {
        site.serve("lan0", "lan1");
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    private void send(int xid, String source, Destination destination) {
        site.sockets.send(Messages.reply(xid, source, destination));
        site.sockets.flush();
    }

    private Destination hardware(String link, HardwareAddress hardware, String address) throws Exception {
        return new Destination.Hardware(site.link(link).index(), hardware, Ipv4Address.parse(address));
    }

    private static Endpoint endpoint(String address, int port) {
        return new Endpoint(Ipv4Address.parse(address), port);
    }

    @Test
    void aClientWithoutAnAddressGetsAFrameToItsHardwareAddress() throws Exception {
        MacAddress client = NAMESPACES.mac(Host.CLIENT0, "eth0");
        try (Sniffer sniffer = NAMESPACES.inside(Host.CLIENT0, Sniffer::new)) {
            send(1, "10.80.0.1", hardware("lan0", HardwareAddress.of(client), "10.80.0.50"));

            Sniffer.Frame frame = sniffer.xid(1);
            assertThat(frame.destination()).isEqualTo(client);
            assertThat(frame.source()).isEqualTo(NAMESPACES.mac(Host.SERVER, "lan0"));
            assertThat(frame.from()).isEqualTo(endpoint("10.80.0.1", 67));
            assertThat(frame.to()).isEqualTo(endpoint("10.80.0.50", 68));
        }
    }

    /** Linux drops a packet with a wrong checksum of IP or UDP, so one that comes through has the right ones. */
    @Test
    void theFramesPassTheChecksOfAnIpStack() throws Exception {
        NAMESPACES.ip(Host.CLIENT1, "address add 10.81.0.50/24 dev eth0");
        HardwareAddress client = HardwareAddress.of(NAMESPACES.mac(Host.CLIENT1, "eth0"));
        try (DatagramSocket socket = site.socket(Host.CLIENT1, "10.81.0.50", 68)) {
            int count = 200;
            Destination destination = hardware("lan1", client, "10.81.0.50");
            for (int xid = 0; xid < count; xid++) {
                site.sockets.send(Messages.reply(xid, "10.81.0.1", destination));
            }
            site.sockets.flush();

            for (int xid = 0; xid < count; xid++) {
                DatagramPacket packet = Site.receive(socket);
                assertThat(Messages.xid(packet.getData())).isEqualTo(xid);
                assertThat(packet.getSocketAddress()).isEqualTo(new InetSocketAddress("10.81.0.1", 67));
            }
        } finally {
            NAMESPACES.ip(Host.CLIENT1, "address flush dev eth0");
        }
        assertThat(site.sockets.counters().value(Kind.UNSENT)).isZero();
    }

    @Test
    void aBroadcastLeavesByItsInterfaceAlone() throws Exception {
        try (Sniffer lan0 = NAMESPACES.inside(Host.CLIENT0, Sniffer::new);
                Sniffer lan1 = NAMESPACES.inside(Host.CLIENT1, Sniffer::new)) {
            send(1, "10.81.0.1", new Destination.Broadcast(site.link("lan1").index()));
            send(2, "10.80.0.1", new Destination.Broadcast(site.link("lan0").index()));

            Sniffer.Frame frame = lan1.next(any -> any.protocol() == 17);
            assertThat(frame.xid()).isEqualTo(1);
            assertThat(frame.destination()).isEqualTo(EVERYONE);
            assertThat(frame.from()).isEqualTo(endpoint("10.81.0.1", 67));
            assertThat(frame.to()).isEqualTo(endpoint("255.255.255.255", 68));
            frame = lan0.next(any -> any.protocol() == 17);
            assertThat(frame.xid()).isEqualTo(2);
            assertThat(frame.from()).isEqualTo(endpoint("10.80.0.1", 67));
        }
    }

    @Test
    void aClientThatHasNoEthernetAddressIsAnsweredByBroadcast() throws Exception {
        HardwareAddress infiniband = HardwareAddress.of(32, new byte[0]);
        try (Sniffer sniffer = NAMESPACES.inside(Host.CLIENT0, Sniffer::new)) {
            send(3, "10.80.0.1", hardware("lan0", infiniband, "10.80.0.50"));

            assertThat(sniffer.xid(3).destination()).isEqualTo(EVERYONE);
        }
        assertThat(site.sockets.counters().value(Kind.BROADCAST_INSTEAD)).isEqualTo(1);
    }

    @Test
    void aUnicastGoesWhereRoutingSaysFromTheAddressThatItNames() throws Exception {
        try (DatagramSocket relay = site.socket(Host.RELAY, "10.82.0.1", 67)) {
            send(4, "10.80.0.1", new Destination.Unicast(Ipv4Address.parse("10.82.0.1"), 67));
            DatagramPacket packet = Site.receive(relay);
            assertThat(Messages.xid(packet.getData())).isEqualTo(4);
            assertThat(packet.getSocketAddress()).isEqualTo(new InetSocketAddress("10.80.0.1", 67));

            // From the address of lan1, out by lan0, where the relay is.
            send(5, "10.81.0.1", new Destination.Unicast(Ipv4Address.parse("10.82.0.1"), 67));
            packet = Site.receive(relay);
            assertThat(Messages.xid(packet.getData())).isEqualTo(5);
            assertThat(packet.getSocketAddress()).isEqualTo(new InetSocketAddress("10.81.0.1", 67));
        }
    }

    @Test
    void aUnicastThatNobodyTakesDoesNotStopTheNext() throws Exception {
        try (DatagramSocket relay = site.socket(Host.RELAY, "10.82.0.1", 67)) {
            // No route, nobody at the address, nobody at the port.
            send(6, "10.80.0.1", new Destination.Unicast(Ipv4Address.parse("192.0.2.1"), 67));
            send(7, "10.80.0.1", new Destination.Unicast(Ipv4Address.parse("10.80.0.77"), 67));
            send(8, "10.80.0.1", new Destination.Unicast(Ipv4Address.parse("10.80.0.2"), 99));
            send(9, "10.80.0.1", new Destination.Unicast(Ipv4Address.parse("10.82.0.1"), 67));

            assertThat(Messages.xid(Site.receive(relay).getData())).isEqualTo(9);
        }
        assertThat(site.sockets.counters().value(Kind.FAILED)).isEqualTo(1);
    }

    @Test
    void anInterfaceThatIsDownDoesNotStopTheOther() throws Exception {
        HardwareAddress client = HardwareAddress.of(NAMESPACES.mac(Host.CLIENT0, "eth0"));
        Destination down = hardware("lan1", client, "10.81.0.50");
        Destination downToo = new Destination.Broadcast(site.link("lan1").index());
        Destination up = hardware("lan0", client, "10.80.0.50");
        NAMESPACES.ip(Host.SERVER, "link set lan1 down");
        try (Sniffer sniffer = NAMESPACES.inside(Host.CLIENT0, Sniffer::new)) {
            site.sockets.send(Messages.reply(10, "10.81.0.1", down));
            site.sockets.send(Messages.reply(11, "10.81.0.1", downToo));
            site.sockets.send(Messages.reply(12, "10.80.0.1", up));
            site.sockets.flush();

            assertThat(sniffer.xid(12).destination().octets()).isEqualTo(client.octets());
        } finally {
            NAMESPACES.ip(Host.SERVER, "link set lan1 up");
        }
        assertThat(site.sockets.counters().value(Kind.UNSENT)).isEqualTo(1);
    }
}
