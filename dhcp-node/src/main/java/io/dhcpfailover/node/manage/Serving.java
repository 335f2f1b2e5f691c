package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.configuration.ServerManifests;
import io.dhcpfailover.node.engine.Configuration;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import java.util.HashSet;

/**
 * What a server serves, made ready.
 *
 * @param manifests that ask for it
 * @param scopes of its clients
 * @param plans with its partners
 */
record Serving(ServerManifests manifests, ScopeTable scopes, PartnerPlans plans) {

    /**
     * What manifests ask for.
     *
     * @throws IllegalArgumentException where that cannot be served
     */
    static Serving of(ServerManifests manifests) {
        return new Serving(
                manifests,
                new ScopeTable(manifests.scopes().stream()
                        .map(scope -> ServedScope.of(scope.name(), scope.spec()))
                        .toList()),
                PartnerPlans.of(manifests));
    }

    /**
     * For the engine.
     *
     * @param maintenance whether it answers no client, whoever they are
     */
    Configuration configuration(boolean maintenance) {
        var server = manifests.server().spec();
        return new Configuration(
                server.serverAddress(),
                server.authorized() && !maintenance,
                new HashSet<>(server.leaseQueryFrom()),
                scopes,
                plans.relationships());
    }
}
