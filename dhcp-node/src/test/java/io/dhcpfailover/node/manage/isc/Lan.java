package io.dhcpfailover.node.manage.isc;

import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.io.IOException;

/** Two seats of servers on {@code lan0}, behind which a relay has a branch; they reach each other by {@code lan1}. */
final class Lan {

    final Namespaces namespaces;
    private final Host second;

    Lan(Namespaces namespaces) throws IOException {
        this.namespaces = namespaces;
        second = namespaces.addClient("lan0");
        namespaces.plug(second, "lan1", "lan1");
        namespaces.ip(
                second,
                "address add 10.80.0.3/24 dev eth0",
                "address add 10.81.0.3/24 dev lan1",
                "route add 10.82.0.0/24 via 10.80.0.2");
    }

    Host host(Seat seat) {
        return seat == Seat.FIRST ? Host.SERVER : second;
    }

    /** Nothing of the failover link passes any more, and nobody is told. */
    void cutLink() throws IOException {
        namespaces.ip(Host.SWITCH, "link set " + second.port("lan1") + " nomaster");
    }

    /** It passes again. */
    void mendLink() throws IOException {
        namespaces.ip(Host.SWITCH, "link set " + second.port("lan1") + " master lan1");
    }
}
