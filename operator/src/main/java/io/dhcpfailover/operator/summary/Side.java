package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import org.jspecify.annotations.Nullable;

/**
 * One server of a relationship.
 *
 * @param role its role
 * @param server the server
 * @param report what it says now; null for nothing
 * @param last what it said last; null for nothing
 * @param partners what its partner says now; null for nothing
 */
record Side(
        ServerRole role,
        ServerView server,
        @Nullable RelationshipReport report,
        @Nullable RelationshipReport last,
        @Nullable RelationshipReport partners) {

    String name() {
        return server.name().text();
    }

    /** Its state: by its own word, or where it cannot be asked by that of its partner, if they are connected. */
    @Nullable FailoverState state() {
        if (report != null) {
            return report.state();
        }
        return server.external() && partners != null && partners.connected() ? partners.partnerState() : null;
    }

    boolean is(FailoverState... states) {
        FailoverState own = state();
        for (FailoverState state : states) {
            if (own == state) {
                return true;
            }
        }
        return false;
    }

    /** Whether it says to have a session with its partner. */
    boolean connected() {
        return report != null && report.connected();
    }
}
