package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.network.Interfaces;
import io.dhcpfailover.node.scope.ScopeTable;
import java.io.IOException;
import java.net.NetworkInterface;
import java.util.List;

/** Which interfaces a server serves clients on, as they are when it is asked. */
interface LinkChoice {

    /** Those of this host that {@link ServedLinks} says. */
    LinkChoice OF_HOST = (server, scopes) -> ServedLinks.of(server, scopes, Interfaces.links(server.interfaces()));

    /** In the order in which they matter; none where none is there now. */
    List<Link> links(DhcpServerSpec server, ScopeTable scopes) throws IOException;

    /** One address of loopback, whatever the host has: a laboratory has a server on each of several. */
    static LinkChoice ofLoopback(Ipv4Address address) {
        return (server, scopes) -> {
            NetworkInterface loopback = NetworkInterface.networkInterfaces()
                    .filter(LinkChoice::isLoopback)
                    .findFirst()
                    .orElseThrow(() -> new IOException("this host has no loopback interface"));
            return List.of(new Link(loopback.getIndex(), new InterfaceName(loopback.getName()), List.of(address)));
        };
    }

    private static boolean isLoopback(NetworkInterface each) {
        try {
            return each.isLoopback();
        } catch (IOException e) {
            // It went since it was listed.
            return false;
        }
    }
}
