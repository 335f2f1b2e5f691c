package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus.Replica;
import io.dhcpfailover.api.value.ObjectName;
import org.jspecify.annotations.Nullable;

/** Compares what servers serve of a scope to what they are to serve. */
final class Replicas {

    private Replicas() {}

    static Replica of(ObjectName scope, ReplicaView replica) {
        ScopeReport report = replica.server().lastScope(scope);
        return new Replica(
                replica.server().name(),
                report == null ? null : report.hash(),
                report == null ? null : report.generation(),
                report == null ? null : report.appliedAt(),
                state(replica, report));
    }

    private static Replica.State state(ReplicaView replica, @Nullable ScopeReport report) {
        if (replica.server().current() == null) {
            return Replica.State.Unknown;
        }
        if (report != null && report.hash().equals(replica.hash())) {
            return Replica.State.InSync;
        }
        if (replica.refused() != null) {
            return Replica.State.Refused;
        }
        return report == null || report.generation() < replica.generation()
                ? Replica.State.OutOfDate
                : Replica.State.Drifted;
    }

    /** What is to be said of one that is not in sync. */
    static String message(ScopeView view, ReplicaView replica) {
        Replica state = of(view.name(), replica);
        String name = replica.server().name().text();
        return switch (state.state()) {
            case InSync -> name + " serves it as asked";
            case Unknown -> name + " does not answer, and gets what is asked when it returns, before it serves";
            case Refused -> name + " refused what is asked, and goes on with what it has: " + replica.refused();
            case Drifted ->
                name + " serves something that nobody asked for here: somebody changed it there"
                        + (view.manual()
                                ? "; a DhcpFailoverAction ReplicateScopes overwrites it"
                                : ", and it is overwritten");
            case OutOfDate ->
                replica.awaited() != null
                        ? name + " does not get it yet: " + replica.awaited()
                        : name
                                + (state.generation() == null
                                        ? " does not have it yet"
                                        : " serves generation " + state.generation() + " of " + replica.generation())
                                + (view.manual()
                                        ? ": replication is Manual, create a DhcpFailoverAction ReplicateScopes"
                                        : "");
        };
    }
}
