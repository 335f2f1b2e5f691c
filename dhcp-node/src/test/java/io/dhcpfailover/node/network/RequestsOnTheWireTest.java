package io.dhcpfailover.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.network.Counters.Kind;
import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests reach a server by the right interface, whatever else happens there. */
@Timeout(120)
class RequestsOnTheWireTest {

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces();

    private final Site site;

    RequestsOnTheWireTest() throws Exception {
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

    @Test
    void theInterfacesOfTheServerAreThoseWithAnAddress() throws Exception {
        assertThat(NAMESPACES.inside(Host.SERVER, () -> Interfaces.links(List.of())))
                .extracting(link -> link.name() + " " + link.addresses())
                .containsExactlyInAnyOrder("lan0 [10.80.0.1]", "lan1 [10.81.0.1]");
        assertThat(NAMESPACES.inside(Host.CLIENT0, () -> Interfaces.links(List.of())))
                .isEmpty();
    }

    @Test
    void aBroadcastComesInByItsInterface() throws Exception {
        site.broadcast(Host.CLIENT1, Messages.discover(1));
        assertThat(site.receiver.request()).isEqualTo(broadcast(1, "lan1"));

        site.broadcast(Host.CLIENT0, Messages.discover(2));
        assertThat(site.receiver.request()).isEqualTo(broadcast(2, "lan0"));
    }

    private RecordingReceiver.Request broadcast(int xid, String link) throws Exception {
        return new RecordingReceiver.Request(
                xid, new Origin(site.link(link).index(), Ipv4Address.UNSPECIFIED, 68, Ipv4Address.BROADCAST));
    }

    @Test
    void aUnicastComesInByItsInterfaceOnceWhicheverAddressItIsFor() throws Exception {
        int lan0 = site.link("lan0").index();
        Ipv4Address relay = Ipv4Address.parse("10.80.0.2");
        try (DatagramSocket socket = site.socket(Host.RELAY, "10.80.0.2", 67)) {
            Site.send(socket, "10.80.0.1", Messages.discover(3));
            // The address of the other LAN, but by this one.
            Site.send(socket, "10.81.0.1", Messages.discover(4));
            Site.send(socket, "10.80.0.1", Messages.discover(5));
        }

        assertThat(site.receiver.request())
                .isEqualTo(
                        new RecordingReceiver.Request(3, new Origin(lan0, relay, 67, Ipv4Address.parse("10.80.0.1"))));
        assertThat(site.receiver.request())
                .isEqualTo(
                        new RecordingReceiver.Request(4, new Origin(lan0, relay, 67, Ipv4Address.parse("10.81.0.1"))));
        assertThat(site.receiver.request().xid()).isEqualTo(5);
        assertThat(site.sockets.counters().value(Kind.RECEIVED)).isEqualTo(3);
    }

    @Test
    void datagramsThatAreNoPacketsStopNothing() throws Exception {
        try (DatagramSocket socket = site.socket(Host.RELAY, "10.80.0.2", 67)) {
            Site.send(socket, "10.80.0.1", new byte[0]);
            Site.send(socket, "10.80.0.1", new byte[65_507]);
            Site.send(socket, "10.80.0.1", new byte[100]);
            Site.send(socket, "10.80.0.1", Messages.discover(6));
        }
        site.receiver.refusal();
        site.receiver.refusal();
        site.receiver.refusal();
        assertThat(site.receiver.request().xid()).isEqualTo(6);
    }

    @Test
    void anInterfaceThatIsServedLosesNothingWhileOthersComeAndGo() throws Exception {
        int rounds = 50;
        int perRound = 20;
        for (int round = 0; round < rounds; round++) {
            byte[][] payloads = new byte[perRound][];
            for (int i = 0; i < perRound; i++) {
                payloads[i] = Messages.discover(round * perRound + i);
            }
            site.broadcast(Host.CLIENT0, payloads);
            site.serve(round % 2 == 0 ? new String[] {"lan0"} : new String[] {"lan0", "lan1"});
        }
        for (int xid = 0; xid < rounds * perRound; xid++) {
            assertThat(site.receiver.request().xid()).isEqualTo(xid);
        }
    }

    @Test
    void anInterfaceThatIsNotServedAnyMoreIsNotHeard() throws Exception {
        site.serve("lan1");

        site.broadcast(Host.CLIENT0, Messages.discover(7));
        try (DatagramSocket socket = site.socket(Host.RELAY, "10.80.0.2", 67)) {
            Site.send(socket, "10.80.0.1", Messages.discover(8));
        }
        site.broadcast(Host.CLIENT1, Messages.discover(9));

        assertThat(site.receiver.request().xid()).isEqualTo(9);
        assertThat(site.sockets.counters().value(Kind.RECEIVED)).isEqualTo(1);
    }

    @Test
    void anInterfaceThatIsAddedIsServedFromThenOn() throws Exception {
        NAMESPACES.plug(Host.SERVER, "added", "branch");
        NAMESPACES.ip(Host.SERVER, "address add 10.82.0.3/24 dev added");
        try {
            site.serve("lan0", "lan1", "added");
            site.broadcast(Host.BRANCH, Messages.discover(10));
            assertThat(site.receiver.request()).isEqualTo(broadcast(10, "added"));
        } finally {
            Link link = site.link("added");
            NAMESPACES.ip(Host.SERVER, "link delete added");
            assertThat(site.sockets.serve(List.of(link)))
                    .as("it was served before: its socket is open still")
                    .isEmpty();
            site.serve("lan0");
            assertThat(site.sockets.serve(List.of(link)))
                    .singleElement()
                    .extracting(ClientSockets.Unserved::reason)
                    .asString()
                    .startsWith("UDP port 67 of the interface added: there is no such interface any more, or");
        }
    }

    @Test
    void anotherServerOnThePortIsSaidInWordsUntilItIsGone() throws Exception {
        site.serve();
        try (DatagramSocket other = another()) {
            other.bind(new InetSocketAddress("0.0.0.0", 67));

            assertThat(site.sockets.serve(site.links("lan0", "lan1")))
                    .extracting(ClientSockets.Unserved::reason)
                    .satisfiesExactlyInAnyOrder(
                            reason -> assertThat(reason)
                                    .startsWith("UDP port 67 of the interface lan0 is taken by another program"),
                            reason -> assertThat(reason)
                                    .startsWith("UDP port 67 of the interface lan1 is taken by another program"));
        }
        site.serve("lan0", "lan1");
        site.broadcast(Host.CLIENT1, Messages.discover(11));
        assertThat(site.receiver.request().xid()).isEqualTo(11);
    }

    @Test
    void noOtherServerCanTakeAShareOfThePackets() throws Exception {
        try (DatagramSocket other = another()) {
            assertThatThrownBy(() -> other.bind(new InetSocketAddress("10.80.0.1", 67)))
                    .isInstanceOf(BindException.class);
        }
    }

    /** One that would share its port, as other DHCP servers' do. */
    private static DatagramSocket another() throws Exception {
        return NAMESPACES.inside(Host.SERVER, () -> {
            DatagramSocket socket = new DatagramSocket(null);
            socket.setReuseAddress(true);
            return socket;
        });
    }
}
