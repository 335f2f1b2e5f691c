package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Destination;
import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A server that may not open raw sockets: probes an address, answers a client by its hardware address, and says so. */
final class WithoutRawSockets {

    private WithoutRawSockets() {}

    /** The arguments: the interface, the server's address on it, an address to probe. */
    public static void main(String[] arguments) throws IOException {
        try (NetworkLoop loop = NetworkLoop.start();
                Prober prober = new Prober(loop);
                ClientSockets sockets = new ClientSockets(loop, Binding.DHCP, new RecordingReceiver())) {
            Link link =
                    Interfaces.links(List.of(new InterfaceName(arguments[0]))).getFirst();
            System.out.println("unserved " + sockets.serve(List.of(link)));
            sockets.send(Messages.reply(
                    1,
                    arguments[1],
                    new Destination.Hardware(
                            link.index(),
                            HardwareAddress.of(Messages.CLIENT),
                            Ipv4Address.parse(arguments[1]).plus(1))));
            sockets.flush();
            CompletableFuture<Boolean> inUse = new CompletableFuture<>();
            prober.probe(Ipv4Address.parse(arguments[2]), 1, Duration.ofSeconds(20), inUse::complete);
            System.out.println("in use " + inUse.join());
            System.out.println("by broadcast " + sockets.counters().value(Counters.Kind.BROADCAST_INSTEAD));
        }
    }
}
