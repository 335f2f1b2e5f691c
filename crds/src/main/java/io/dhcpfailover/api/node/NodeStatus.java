package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.TimeText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself.
 *
 * @param namespace of its objects; null before it has a configuration
 * @param server the name of its DhcpServer
 * @param version what runs
 * @param time of its clock, when this was said
 * @param startedAt when its process began
 * @param address its server identifier; null while it has none
 * @param generation of the configuration that it holds; 0 for none
 * @param hash of the configuration that it holds: {@link ContentHash#ofConfiguration}; null for none
 * @param ready whether its sockets are bound, its store is recovered and it holds a configuration
 * @param authorized whether it may answer clients
 * @param maintenance whether its clients are handed over to its partners
 * @param storageHealthy whether what it promises can be stored
 * @param leases addresses that are leased, of all its scopes
 * @param relationships in the order of their names
 * @param scopes in the order of their names
 * @param problems what is wrong now, the latest first, 32 at most
 */
@ApiType
public record NodeStatus(
        @Nullable String namespace,
        String server,
        String version,
        @TimeText Instant time,
        @TimeText Instant startedAt,
        @Nullable Ipv4Address address,
        long generation,
        @Nullable String hash,
        boolean ready,
        boolean authorized,
        boolean maintenance,
        boolean storageHealthy,
        long leases,
        List<RelationshipReport> relationships,
        List<ScopeReport> scopes,
        List<NodeProblem> problems) {

    /** Takes absent lists as empty ones. */
    public NodeStatus {
        relationships = relationships == null ? List.of() : List.copyOf(relationships);
        scopes = scopes == null ? List.of() : List.copyOf(scopes);
        problems = problems == null ? List.of() : List.copyOf(problems);
    }

    /** The same, said at another time. */
    public NodeStatus at(Instant when) {
        return new NodeStatus(
                namespace,
                server,
                version,
                when,
                startedAt,
                address,
                generation,
                hash,
                ready,
                authorized,
                maintenance,
                storageHealthy,
                leases,
                relationships,
                scopes,
                problems);
    }
}
