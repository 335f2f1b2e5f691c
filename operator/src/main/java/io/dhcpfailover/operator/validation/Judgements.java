package io.dhcpfailover.operator.validation;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.operator.report.ObjectKey;
import java.util.Map;

/**
 * What is to be thought of all objects, those that are deleted and still run included.
 *
 * @param servers by their keys
 * @param relationships by their keys
 * @param scopes by their keys
 */
public record Judgements(
        Map<ObjectKey, Judgement<DhcpServerSpec>> servers,
        Map<ObjectKey, Judgement<DhcpFailoverRelationshipSpec>> relationships,
        Map<ObjectKey, Judgement<DhcpScopeSpec>> scopes) {

    /** Copies the maps. */
    public Judgements {
        servers = Map.copyOf(servers);
        relationships = Map.copyOf(relationships);
        scopes = Map.copyOf(scopes);
    }
}
