package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.api.value.ObjectName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server, as the operator knows it.
 *
 * @param name of its DhcpServer
 * @param external whether it runs elsewhere, and is known by its partners only
 * @param reachable whether its stream is open, so that {@code status} is what it says now
 * @param heardAt when anything was last heard of it; null for never
 * @param status what it last said of itself; null for nothing
 */
public record ServerView(
        ObjectName name,
        boolean external,
        boolean reachable,
        @Nullable Instant heardAt,
        @Nullable NodeStatus status) {

    /** What it says now; null where it does not answer. */
    public @Nullable NodeStatus current() {
        return reachable ? status : null;
    }

    /** What it says now of a relationship; null where it does not answer, or does not have it. */
    public @Nullable RelationshipReport report(ObjectName relationship) {
        return current() == null ? null : lastReport(relationship);
    }

    /** What it last said of a relationship; null where it never did. */
    public @Nullable RelationshipReport lastReport(ObjectName relationship) {
        return status == null
                ? null
                : status.relationships().stream()
                        .filter(report -> report.name().equals(relationship.text()))
                        .findAny()
                        .orElse(null);
    }

    /** What it last said of a scope; null where it never did. */
    public @Nullable ScopeReport lastScope(ObjectName scope) {
        return status == null
                ? null
                : status.scopes().stream()
                        .filter(report -> report.name().equals(scope.text()))
                        .findAny()
                        .orElse(null);
    }
}
