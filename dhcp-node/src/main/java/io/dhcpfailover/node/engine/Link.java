package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import java.util.List;

/**
 * A network interface that clients are on.
 *
 * @param index by which the operating system knows it
 * @param name its name
 * @param addresses the server's own on it, the first one first; at least one
 */
public record Link(int index, InterfaceName name, List<Ipv4Address> addresses) {

    /** @throws IllegalArgumentException when there is no address */
    public Link {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("the interface " + name + " has no IPv4 address to answer from");
        }
    }
}
