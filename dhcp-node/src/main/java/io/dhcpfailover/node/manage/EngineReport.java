package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.v1alpha1.Reservation;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.engine.RelationshipStatistics;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the engine is at a time.
 *
 * @param relationships by their names
 * @param transitions of each, into the states that users count
 * @param scopes in the engine's order
 */
record EngineReport(
        Map<String, RelationshipStatistics> relationships, Map<String, Into> transitions, List<Scope> scopes) {

    /** How often a relationship came into these states. */
    record Into(long communicationsInterrupted, long partnerDown, long recover) {}

    /**
     * The addresses of a scope.
     *
     * @param pool those without a reservation
     * @param backup of the free ones, those of the secondary; the others are the primary's
     * @param reservedActive leased ones with a reservation
     */
    record Scope(String name, Pool.Statistics pool, int backup, int reservedActive) {}

    /** Looks at an engine, in its thread. */
    static EngineReport of(Engine engine, Transitions transitions) {
        Map<String, RelationshipStatistics> relationships = engine.relationships();
        Map<String, Into> into = new TreeMap<>();
        for (String name : relationships.keySet()) {
            into.put(
                    name,
                    new Into(
                            transitions.into(name, ServerState.COMMUNICATIONS_INTERRUPTED),
                            transitions.into(name, ServerState.PARTNER_DOWN),
                            transitions.into(name, ServerState.RECOVER)));
        }
        List<Scope> scopes = new ArrayList<>();
        for (Pool pool : engine.pools()) {
            int active = 0;
            for (Reservation reservation : pool.scope().spec().reservations()) {
                Binding binding = engine.table().find(reservation.address());
                if (binding != null && binding.state() == BindingState.ACTIVE) {
                    active++;
                }
            }
            scopes.add(new Scope(pool.scope().name().text(), pool.statistics(), pool.backup(), active));
        }
        return new EngineReport(relationships, into, scopes);
    }
}
