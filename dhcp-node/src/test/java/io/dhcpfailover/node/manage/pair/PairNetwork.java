package io.dhcpfailover.node.manage.pair;

import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Two servers on {@code lan0}, where clients and the relay are, that reach each other by {@code lan1}: the link can be
 * cut without a client noticing, and a server from everything.
 */
final class PairNetwork {

    /** Of a server. */
    enum Side {
        FIRST("dhcp1", "10.80.0.1", "10.81.0.1", "lan0"),
        SECOND("dhcp2", "10.80.0.3", "10.81.0.3", "eth0");

        final String server;
        final String address;
        final String linkAddress;
        final String lan;

        Side(String server, String address, String linkAddress, String lan) {
            this.server = server;
            this.address = address;
            this.linkAddress = linkAddress;
            this.lan = lan;
        }

        Side other() {
            return this == FIRST ? SECOND : FIRST;
        }
    }

    final Namespaces namespaces;
    private final Host second;

    PairNetwork(Namespaces namespaces) throws IOException {
        this.namespaces = namespaces;
        second = namespaces.addClient("lan0");
        namespaces.plug(second, "lan1", "lan1");
        namespaces.ip(
                second,
                "address add 10.80.0.3/24 dev eth0",
                "address add 10.81.0.3/24 dev lan1",
                "route add 10.82.0.0/24 via 10.80.0.2");
        for (int i = 2; i <= 4; i++) {
            namespaces.ip(Host.RELAY, "address add 10.82.0." + i + "/24 dev branch");
        }
    }

    Host host(Side side) {
        return side == Side.FIRST ? Host.SERVER : second;
    }

    /** Nothing passes between the servers any more, and nobody is told. */
    void cutLink() throws IOException {
        namespaces.ip(Host.SWITCH, "link set " + host(Side.SECOND).port("lan1") + " nomaster");
    }

    /** It passes again. */
    void mendLink() throws IOException {
        namespaces.ip(Host.SWITCH, "link set " + host(Side.SECOND).port("lan1") + " master lan1");
    }

    /** A server loses its power, as far as others see. */
    void cutOff(Side side) throws IOException {
        Host host = host(side);
        namespaces.ip(
                Host.SWITCH,
                "link set " + host.port("lan1") + " nomaster",
                "link set " + host.port(side.lan) + " nomaster");
    }

    /** Its cables are plugged in again. */
    void plugIn(Side side) throws IOException {
        Host host = host(side);
        namespaces.ip(
                Host.SWITCH,
                "link set " + host.port("lan1") + " master lan1",
                "link set " + host.port(side.lan) + " master lan0");
    }

    /** A client of BusyBox that has never been here before, and ends when it has an address. */
    NewClient client(Path folder) throws IOException {
        return NewClient.on(namespaces, Host.CLIENT0, folder);
    }
}
