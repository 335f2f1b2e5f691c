package io.dhcpfailover.operator.desired;

import static java.util.Objects.requireNonNull;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * All that users ask for in a namespace, each by its name. An object that is being deleted is among them until it is gone.
 *
 * @param namespace its name
 * @param servers DhcpServers
 * @param relationships DhcpFailoverRelationships
 * @param scopes DhcpScopes
 * @param secrets those that are named by these, as far as they exist
 * @param failoverAddresses where partners reach each server, as far as it is known
 */
public record NamespaceObjects(
        String namespace,
        SortedMap<String, DhcpServer> servers,
        SortedMap<String, DhcpFailoverRelationship> relationships,
        SortedMap<String, DhcpScope> scopes,
        Map<String, Secret> secrets,
        Map<String, Ipv4Address> failoverAddresses) {

    /** The servers that are to serve a scope, the primary first; none where its relationship does not exist. */
    public List<ObjectName> serversOf(DhcpScope scope) {
        DhcpScopeSpec spec = requireNonNull(scope.getSpec());
        if (spec.server() != null) {
            return List.of(spec.server());
        }
        DhcpFailoverRelationship relationship =
                relationships.get(requireNonNull(spec.failoverRelationship()).text());
        if (relationship == null) {
            return List.of();
        }
        DhcpFailoverRelationshipSpec pair = requireNonNull(relationship.getSpec());
        return List.of(pair.primaryServer(), pair.secondaryServer());
    }
}
