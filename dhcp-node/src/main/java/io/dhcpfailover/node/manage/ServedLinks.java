package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.scope.ScopeTable;
import java.util.ArrayList;
import java.util.List;

/** Which interfaces a server serves clients on. */
final class ServedLinks {

    private ServedLinks() {}

    /**
     * Those of the interfaces that are named, in the order of their names in the spec; where none is, those with an
     * address in a scope; and where there is none of these, all: only relays can mean this server then, and they may come
     * by any.
     */
    static List<Link> of(DhcpServerSpec server, ScopeTable scopes, List<Link> present) {
        List<Link> links = new ArrayList<>();
        if (!server.interfaces().isEmpty()) {
            server.interfaces()
                    .forEach(name -> present.stream()
                            .filter(link -> link.name().equals(name))
                            .forEach(links::add));
            return links;
        }
        for (Link link : present) {
            if (link.addresses().stream().anyMatch(address -> isServed(address, server, scopes))) {
                links.add(link);
            }
        }
        return links.isEmpty() ? present : links;
    }

    private static boolean isServed(Ipv4Address address, DhcpServerSpec server, ScopeTable scopes) {
        return scopes.ofAddress(address) != null || address.equals(server.serverAddress());
    }
}
