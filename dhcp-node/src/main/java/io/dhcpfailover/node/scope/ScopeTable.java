package io.dhcpfailover.node.scope;

import io.dhcpfailover.api.value.Ipv4Address;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The scopes of a server: which one an address belongs to. Immutable. */
public final class ScopeTable {

    private final TreeMap<Ipv4Address, ServedScope> byNetwork = new TreeMap<>();

    /**
     * The table of these scopes.
     *
     * @throws IllegalArgumentException when two of them overlap; the message names both
     */
    public ScopeTable(Collection<ServedScope> scopes) {
        for (ServedScope scope : scopes) {
            ServedScope before = ofAddress(scope.spec().subnet().network());
            Map.Entry<Ipv4Address, ServedScope> after =
                    byNetwork.ceilingEntry(scope.spec().subnet().network());
            refuseOverlap(scope, before);
            refuseOverlap(scope, after == null ? null : after.getValue());
            byNetwork.put(scope.spec().subnet().network(), scope);
        }
    }

    private static void refuseOverlap(ServedScope scope, @Nullable ServedScope other) {
        if (other != null && scope.spec().subnet().overlaps(other.spec().subnet())) {
            throw new IllegalArgumentException("the scopes " + other + " and " + scope
                    + " overlap: a server cannot tell whose clients are whose; remove one, or give them other subnets");
        }
    }

    /**
     * The scope whose subnet the address lies in; null where none has it. The address is one of the client's link: the
     * link selection of a relay or of the client, the relay's address, or an address of the interface (RFC 3527, RFC
     * 3011, RFC 2131, section 4.3.1).
     */
    public @Nullable ServedScope ofAddress(Ipv4Address address) {
        Map.Entry<Ipv4Address, ServedScope> before = byNetwork.floorEntry(address);
        return before != null && before.getValue().spec().subnet().contains(address) ? before.getValue() : null;
    }

    /** All of them, in the order of their subnets. */
    public Collection<ServedScope> scopes() {
        return Collections.unmodifiableCollection(byNetwork.values());
    }
}
