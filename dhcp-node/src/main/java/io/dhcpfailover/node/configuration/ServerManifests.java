package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.failover.message.Secrets;
import java.util.List;
import java.util.Map;

/**
 * All that concerns one server: nothing in it names an object that is not in it. Lists are in the order of names. Equal
 * are those that ask the same. The podTemplate of a server is not read: outside of Kubernetes there are no pods.
 *
 * @param namespace that all the objects are in
 * @param server the server itself, which is not external
 * @param relationships the ones that the server takes part in
 * @param partners the other servers of those relationships
 * @param scopes the ones that the server serves, alone or in one of those relationships; no two overlap
 * @param secrets by which the messages of its relationships are authenticated, by their names; none for those whose
 *     messages are not
 */
public record ServerManifests(
        String namespace,
        Manifest<DhcpServerSpec> server,
        List<Manifest<DhcpFailoverRelationshipSpec>> relationships,
        List<Manifest<DhcpServerSpec>> partners,
        List<Manifest<DhcpScopeSpec>> scopes,
        Map<ObjectName, Secrets> secrets) {

    /** Copies lists and map. */
    public ServerManifests {
        relationships = List.copyOf(relationships);
        partners = List.copyOf(partners);
        scopes = List.copyOf(scopes);
        secrets = Map.copyOf(secrets);
    }

    /** The role of the server in one of its relationships. */
    public ServerRole roleIn(Manifest<DhcpFailoverRelationshipSpec> relationship) {
        return relationship.spec().primaryServer().equals(server.name()) ? ServerRole.Primary : ServerRole.Secondary;
    }

    /**
     * The other server of one of its relationships.
     *
     * @throws IllegalArgumentException when the relationship is not one of them
     */
    public Manifest<DhcpServerSpec> partnerIn(Manifest<DhcpFailoverRelationshipSpec> relationship) {
        ObjectName name = roleIn(relationship) == ServerRole.Primary
                ? relationship.spec().secondaryServer()
                : relationship.spec().primaryServer();
        return partners.stream()
                .filter(partner -> partner.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(
                        relationship.name() + " is not a relationship of " + server.name()));
    }

    /** The scopes that one of its relationships serves. */
    public List<Manifest<DhcpScopeSpec>> scopesIn(Manifest<DhcpFailoverRelationshipSpec> relationship) {
        return scopes.stream()
                .filter(scope -> relationship.name().equals(scope.spec().failoverRelationship()))
                .toList();
    }
}
