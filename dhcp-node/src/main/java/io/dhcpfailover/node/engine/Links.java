package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The interfaces of a server, and which addresses are its own. Immutable. */
final class Links {

    private final Map<Integer, Link> byIndex = new LinkedHashMap<>();
    private final Map<Ipv4Address, Link> own = new HashMap<>();
    private final Set<Ipv4Address> identifiers;

    Links(Collection<Link> links, @Nullable Ipv4Address serverAddress) {
        for (Link link : links) {
            byIndex.put(link.index(), link);
            link.addresses().forEach(address -> own.put(address, link));
        }
        identifiers = new HashSet<>(own.keySet());
        if (serverAddress != null) {
            identifiers.add(serverAddress);
        }
    }

    @Nullable Link of(int index) {
        return byIndex.get(index);
    }

    /** Whether the address is this server's. */
    boolean isOwn(Ipv4Address address) {
        return identifiers.contains(address);
    }

    /** The first address of the first interface; null where there is no interface. */
    @Nullable Ipv4Address first() {
        return byIndex.isEmpty()
                ? null
                : byIndex.values().iterator().next().addresses().getFirst();
    }
}
