package io.dhcpfailover.operator.node;

import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reports of relationships for tests. */
public final class Reports {

    private Reports() {}

    /** Of one whose servers serve and know of each other. */
    static RelationshipReport normal(String name, long generation, String hash, boolean primary, int scopes) {
        return report(name, generation, hash, primary, scopes, FailoverState.Normal, true);
    }

    /** The same status, with what this makes of each of its relationships. */
    public static NodeStatus with(NodeStatus status, UnaryOperator<RelationshipReport> change) {
        return with(status, status.relationships().stream().map(change).toList());
    }

    /** The same relationship, in another state. */
    public static RelationshipReport in(RelationshipReport report, FailoverState state, boolean connected) {
        return report(
                report.name(),
                report.generation(),
                report.hash(),
                report.role() == ServerRole.Primary,
                report.scopes(),
                state,
                connected);
    }

    /** What a server says of itself, with these relationships. */
    public static NodeStatus with(NodeStatus status, List<RelationshipReport> relationships) {
        return new NodeStatus(
                status.namespace(),
                status.server(),
                status.version(),
                status.time(),
                status.startedAt(),
                status.address(),
                status.generation(),
                status.hash(),
                status.ready(),
                status.authorized(),
                status.maintenance(),
                status.storageHealthy(),
                status.leases(),
                relationships,
                status.scopes(),
                status.problems());
    }

    private static RelationshipReport report(
            String name,
            long generation,
            String hash,
            boolean primary,
            int scopes,
            FailoverState state,
            boolean connected) {
        return new RelationshipReport(
                name,
                generation,
                hash,
                primary ? ServerRole.Primary : ServerRole.Secondary,
                state,
                null,
                Instant.EPOCH,
                connected ? FailoverState.Normal : null,
                connected,
                Instant.EPOCH,
                0L,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                50L * scopes,
                50L * scopes,
                0,
                null,
                null,
                "",
                scopes);
    }
}
