package io.dhcpfailover.operator.validation;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import java.util.List;

/**
 * All that is asked, in all namespaces: two servers of different namespaces may want the same node.
 *
 * @param servers every DhcpServer
 * @param relationships every DhcpFailoverRelationship
 * @param scopes every DhcpScope
 */
public record Declarations(
        List<Declared<DhcpServerSpec>> servers,
        List<Declared<DhcpFailoverRelationshipSpec>> relationships,
        List<Declared<DhcpScopeSpec>> scopes) {

    /** Copies the lists. */
    public Declarations {
        servers = List.copyOf(servers);
        relationships = List.copyOf(relationships);
        scopes = List.copyOf(scopes);
    }
}
