package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.ExternalServer;
import io.dhcpfailover.node.configuration.FailoverEndpoint;
import io.dhcpfailover.node.configuration.Manifest;
import io.dhcpfailover.node.configuration.ServerManifests;
import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.session.Terms;
import io.dhcpfailover.node.network.PartnerPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What manifests ask for between a server and its partners.
 *
 * @param relationships that the server takes part in, by their names
 * @param links one for each
 */
record PartnerPlans(Map<String, Relationship> relationships, PartnerPlan links) {

    static PartnerPlans of(ServerManifests manifests) {
        Map<String, Relationship> relationships = new LinkedHashMap<>();
        List<PartnerPlan.Partner> partners = new ArrayList<>();
        for (Manifest<DhcpFailoverRelationshipSpec> each : manifests.relationships()) {
            DhcpServerSpec partner = manifests.partnerIn(each).spec();
            Relationship relationship =
                    Relationship.of(each.name().text(), each.spec(), manifests.roleIn(each), kind(partner));
            relationships.put(relationship.name(), relationship);
            FailoverEndpoint endpoint = FailoverEndpoint.of(partner);
            if (endpoint != null) {
                partners.add(new PartnerPlan.Partner(
                        new Terms(relationship, manifests.secrets().get(each.name())),
                        endpoint.address(),
                        endpoint.port()));
            }
        }
        DhcpServerSpec server = manifests.server().spec();
        FailoverEndpoint own = FailoverEndpoint.of(server);
        return new PartnerPlans(
                relationships, new PartnerPlan(own == null ? null : own.address(), server.failoverPort(), partners));
    }

    private static PartnerKind kind(DhcpServerSpec partner) {
        ExternalServer external = partner.external();
        return external != null && external.protocol() == ExternalServer.Protocol.Draft12
                ? PartnerKind.ISC
                : PartnerKind.NATIVE;
    }
}
