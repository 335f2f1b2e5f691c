package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.scope.ScopeTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told to be.
 *
 * @param serverAddress its identifier everywhere (option 54); null where it is known on each link by its address there
 * @param authorized whether it answers clients at all
 * @param leaseQueryFrom whose leasequery is answered
 * @param scopes what it serves
 * @param relationships those that it takes part in, by the name that its scopes have for them
 */
public record Configuration(
        @Nullable Ipv4Address serverAddress,
        boolean authorized,
        Set<Ipv4Address> leaseQueryFrom,
        ScopeTable scopes,
        Map<String, Relationship> relationships) {

    /** Nothing is served. */
    public static final Configuration NONE =
            new Configuration(null, false, Set.of(), new ScopeTable(List.of()), Map.of());

    /** Copies set and map. */
    public Configuration {
        leaseQueryFrom = Set.copyOf(leaseQueryFrom);
        relationships = Map.copyOf(relationships);
    }

    /** Of a server that takes part in no relationship. */
    public Configuration(
            @Nullable Ipv4Address serverAddress,
            boolean authorized,
            Set<Ipv4Address> leaseQueryFrom,
            ScopeTable scopes) {
        this(serverAddress, authorized, leaseQueryFrom, scopes, Map.of());
    }
}
