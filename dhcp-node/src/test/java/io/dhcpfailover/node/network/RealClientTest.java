package io.dhcpfailover.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.network.Counters.Kind;
import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** BusyBox's client takes what these sockets send, by itself and behind ISC's relay. */
@Timeout(120)
class RealClientTest {

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces("busybox", "dhcrelay");

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void byAFrameToItsHardwareAddress() throws Exception {
        AnsweringReceiver receiver = new AnsweringReceiver("10.80.0.1", "10.80.0.50");

        try (NetworkLoop loop = NAMESPACES.inside(Host.SERVER, NetworkLoop::start);
                ClientSockets sockets = serve(loop, receiver)) {
            assertThat(lease(Host.CLIENT0)).contains("lease of 10.80.0.50 obtained from 10.80.0.1");
            assertThat(sockets.counters().value(Kind.SENT)).isGreaterThanOrEqualTo(2);
            assertThat(sockets.counters().value(Kind.BROADCAST_INSTEAD)).isZero();
        }
    }

    @Test
    void byBroadcastWhereItAsksForIt() throws Exception {
        AnsweringReceiver receiver = new AnsweringReceiver("10.81.0.1", "10.81.0.50");

        try (NetworkLoop loop = NAMESPACES.inside(Host.SERVER, NetworkLoop::start);
                ClientSockets sockets = serve(loop, receiver)) {
            assertThat(lease(Host.CLIENT1, "-B")).contains("lease of 10.81.0.50 obtained from 10.81.0.1");
            assertThat(sockets.counters().value(Kind.SENT)).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void throughARelay() throws Exception {
        AnsweringReceiver receiver = new AnsweringReceiver("10.80.0.1", "10.82.0.50");
        Path output = temporary.resolve("relay");

        try (NetworkLoop loop = NAMESPACES.inside(Host.SERVER, NetworkLoop::start);
                ClientSockets sockets = serve(loop, receiver)) {
            NAMESPACES.start(Host.RELAY, output, "dhcrelay", "-d", "-4", "-iu", "lan0", "-id", "branch", "10.80.0.1");
            await().until(() -> Files.readString(output).contains("Sending on"));

            assertThat(lease(Host.BRANCH)).contains("lease of 10.82.0.50 obtained from 10.80.0.1");
            assertThat(receiver.origins).extracting(Origin::destination).containsOnly(Ipv4Address.parse("10.80.0.1"));
            assertThat(sockets.counters().value(Kind.SENT)).isGreaterThanOrEqualTo(2);
        }
    }

    private static ClientSockets serve(NetworkLoop loop, AnsweringReceiver receiver) throws Exception {
        ClientSockets sockets = new ClientSockets(loop, Binding.DHCP, receiver);
        receiver.answerBy(sockets);
        List<Link> links = NAMESPACES.inside(Host.SERVER, () -> Interfaces.links(List.of()));
        assertThat(sockets.serve(links)).isEmpty();
        return sockets;
    }

    /** Asks for a lease in the foreground, until there is one; what the client says. The address is not configured. */
    private static String lease(Host host, String... arguments) throws Exception {
        return NAMESPACES.exec(
                host,
                "sh",
                "-c",
                "busybox udhcpc -f -q -n -t 5 -T 2 -i eth0 -s /bin/true " + String.join(" ", arguments) + " 2>&1");
    }
}
