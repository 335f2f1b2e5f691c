package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Link;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network interfaces of this host. */
public final class Interfaces {

    private Interfaces() {}

    /**
     * Those that can be served now: up, and with an IPv4 address; by their index.
     *
     * @param named the only ones that are wanted; where it is empty, all but loopback
     * @return without those of {@code named} that are missing, down, or have no address
     */
    public static List<Link> links(Collection<InterfaceName> named) throws IOException {
        List<Link> links = new ArrayList<>();
        for (NetworkInterface present : NetworkInterface.networkInterfaces().toList()) {
            Link link = link(present, named);
            if (link != null) {
                links.add(link);
            }
        }
        links.sort(Comparator.comparingInt(Link::index));
        return List.copyOf(links);
    }

    private static @Nullable Link link(NetworkInterface present, Collection<InterfaceName> named) {
        InterfaceName name;
        try {
            name = new InterfaceName(present.getName());
        } catch (IllegalArgumentException e) {
            // Linux allows nearly any character; nothing that is configured can mean such an interface.
            return null;
        }
        try {
            boolean wanted = named.isEmpty() ? !present.isLoopback() : named.contains(name);
            if (!wanted || !present.isUp()) {
                return null;
            }
        } catch (SocketException e) {
            // It went since it was listed.
            return null;
        }
        List<Ipv4Address> addresses = present.inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .map(Addresses::of)
                .distinct()
                .toList();
        return addresses.isEmpty() ? null : new Link(present.getIndex(), name, addresses);
    }
}
