package io.dhcpfailover.node.manage.metrics;

import io.dhcpfailover.node.engine.RelationshipStatistics;
import io.dhcpfailover.node.failover.ServerState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a server says of its relationships. */
final class RelationshipMetrics {

    private static final String RELATIONSHIP = "relationship";

    private final Families families;
    private final long now;

    RelationshipMetrics(Families families, Instant now) {
        this.families = families;
        this.now = now.getEpochSecond();
    }

    void add(String name, RelationshipStatistics statistics) {
        String role = statistics.self().name();
        for (ServerState state : ServerState.values()) {
            families.gauge(
                    "dhcp_failover_state",
                    state == statistics.state(),
                    RELATIONSHIP,
                    name,
                    "role",
                    role,
                    "state",
                    word(state));
            families.gauge(
                    "dhcp_failover_partner_state",
                    isPartners(state, statistics.partner()),
                    RELATIONSHIP,
                    name,
                    "state",
                    word(state));
        }
        gauge("dhcp_failover_state_since_timestamp_seconds", name, statistics.since());
        gauge("dhcp_failover_connected", name, statistics.linked() ? 1 : 0);
        gauge(
                "dhcp_failover_partner_last_contact_timestamp_seconds",
                name,
                statistics.linked() ? now : statistics.lastContact());
        gauge("dhcp_failover_clock_skew_seconds", name, statistics.skewSeconds());
        gauge("dhcp_failover_binding_updates_pending", name, statistics.pendingUpdates());
        gauge("dhcp_failover_binding_updates_unacked", name, statistics.unackedUpdates());
        long since = statistics.unackedSince();
        gauge("dhcp_failover_ack_lag_seconds", name, since == 0 ? 0 : Math.max(0, now - since));
        gauge("dhcp_failover_partner_down_eligible_timestamp_seconds", name, statistics.mcltEndsAt());
        gauge("dhcp_failover_switches_timestamp_seconds", name, statistics.switchesAt());
        counter("dhcp_failover_binding_updates_sent", name, statistics.updatesSent());
        counter("dhcp_failover_binding_updates_received", name, statistics.updatesReceived());
        counter("dhcp_failover_binding_updates_dropped", name, statistics.updatesDropped());
        counter("dhcp_failover_clashes", name, statistics.clashes());
        by("dhcp_failover_binding_updates_acked", name, statistics.acksSent(), statistics.acksReceived());
        by("dhcp_failover_binding_updates_rejected", name, statistics.refusalsSent(), statistics.refusalsReceived());
    }

    private void gauge(String metric, String name, long value) {
        families.gauge(metric, value, RELATIONSHIP, name);
    }

    private void counter(String metric, String name, long value) {
        families.counter(metric, value, RELATIONSHIP, name);
    }

    private void by(String metric, String name, long self, long partner) {
        families.counter(metric, self, RELATIONSHIP, name, "by", "this");
        families.counter(metric, partner, RELATIONSHIP, name, "by", "partner");
    }

    private static boolean isPartners(ServerState state, @Nullable ServerState partner) {
        return state == partner;
    }

    /** As the draft writes it. */
    private static String word(ServerState state) {
        return state.name().replace('_', '-');
    }
}
