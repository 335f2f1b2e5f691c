package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.Condition.Status;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus.Replica;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus.Statistics;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the status of a scope. */
public final class ScopeSummary {

    private static final Set<FailoverState> SERVING = EnumSet.of(
            FailoverState.Normal,
            FailoverState.CommunicationsInterrupted,
            FailoverState.PartnerDown,
            FailoverState.ConflictDone,
            FailoverState.ResolutionInterrupted);

    private final ScopeView view;
    private final Instant now;
    private final List<Replica> replicas;

    private ScopeSummary(ScopeView view, Instant now) {
        this.view = view;
        this.now = now;
        this.replicas = view.replicas().stream()
                .map(replica -> Replicas.of(view.name(), replica))
                .toList();
    }

    /** The status that follows. */
    public static DhcpScopeStatus of(ScopeView view, Instant now) {
        return new ScopeSummary(view, now).status();
    }

    private DhcpScopeStatus status() {
        Statistics statistics = ScopeStatistics.of(view);
        return new DhcpScopeStatus(view.generation(), statistics, replicas, conditions(statistics));
    }

    private List<Condition> conditions(@Nullable Statistics statistics) {
        Conditions conditions = new Conditions(
                view.previous() == null ? List.of() : view.previous().conditions(), now, view.generation());
        ready(conditions);
        inSync(conditions);
        exhausted(conditions, statistics);
        view.judgement().say(conditions);
        return conditions.list();
    }

    private void ready(Conditions conditions) {
        if (view.judgement().served() == null) {
            conditions.set(
                    ConditionType.Ready,
                    false,
                    "ConfigurationInvalid",
                    view.judgement().message());
            return;
        }
        if (view.spec().state() == DhcpScopeSpec.State.Inactive) {
            conditions.set(ConditionType.Ready, false, "Inactive", "it answers nobody, as spec.state asks");
            return;
        }
        List<String> serving = view.replicas().stream()
                .map(ReplicaView::server)
                .filter(this::serves)
                .map(server -> server.name().text())
                .toList();
        boolean heard =
                view.replicas().stream().anyMatch(replica -> replica.server().current() != null);
        if (!serving.isEmpty()) {
            conditions.set(
                    ConditionType.Ready,
                    true,
                    "Served",
                    String.join(" and ", serving) + (serving.size() == 1 ? " serves it" : " serve it"));
        } else if (heard) {
            conditions.set(
                    ConditionType.Ready, false, "NotServed", "no server that answers the operator serves it: " + why());
        } else {
            conditions.set(
                    ConditionType.Ready,
                    Status.Unknown,
                    "Unreachable",
                    "none of its servers answers the operator: whether its clients are answered is not known here");
        }
    }

    private boolean serves(ServerView server) {
        NodeStatus status = server.current();
        if (status == null
                || !status.ready()
                || !status.authorized()
                || status.maintenance()
                || server.lastScope(view.name()) == null) {
            return false;
        }
        RelationshipReport report = relationship(server);
        return report == null || SERVING.contains(report.state());
    }

    private @Nullable RelationshipReport relationship(ServerView server) {
        ObjectName name = view.spec().failoverRelationship();
        return name == null ? null : server.report(name);
    }

    private String why() {
        return view.replicas().stream()
                .map(ReplicaView::server)
                .map(server -> server.name() + " " + why(server))
                .reduce((one, other) -> one + ", " + other)
                .orElse("it has none");
    }

    private String why(ServerView server) {
        NodeStatus status = server.current();
        if (status == null) {
            return "does not answer";
        }
        if (!status.ready()) {
            return "is not ready";
        }
        if (!status.authorized()) {
            return "is not authorized";
        }
        if (status.maintenance()) {
            return "is out of service by plan";
        }
        RelationshipReport report = relationship(server);
        return server.lastScope(view.name()) == null || report == null
                ? "does not have it yet"
                : "is in " + report.state();
    }

    private void inSync(Conditions conditions) {
        if (replicas.isEmpty()) {
            conditions.set(ConditionType.InSync, Status.Unknown, "NotServed", "no server has it");
            return;
        }
        List<String> others = view.replicas().stream()
                .filter(replica -> Replicas.of(view.name(), replica).state() != Replica.State.InSync)
                .map(replica -> Replicas.message(view, replica))
                .toList();
        Replica.State worst = replicas.stream()
                .map(Replica::state)
                .filter(state -> state != Replica.State.InSync)
                .findFirst()
                .orElse(Replica.State.InSync);
        boolean unknown = replicas.stream()
                .allMatch(
                        replica -> replica.state() == Replica.State.InSync || replica.state() == Replica.State.Unknown);
        Status status = others.isEmpty() ? Status.True : unknown ? Status.Unknown : Status.False;
        conditions.set(
                ConditionType.InSync,
                status,
                worst.name(),
                others.isEmpty() ? "every server serves it as asked" : String.join("; ", others));
    }

    private void exhausted(Conditions conditions, @Nullable Statistics statistics) {
        Long free = statistics == null ? null : statistics.free();
        Long total = statistics == null ? null : statistics.total();
        if (free == null || total == null) {
            conditions.set(
                    ConditionType.Exhausted,
                    Status.Unknown,
                    "NotKnown",
                    "no server has said how its addresses are used");
        } else if (total == 0) {
            conditions.set(ConditionType.Exhausted, false, "ReservationsOnly", "all its addresses are reserved ones");
        } else if (free == 0) {
            conditions.set(
                    ConditionType.Exhausted,
                    true,
                    "NoFreeAddress",
                    "new clients get no address: add a range, shorten leaseDuration, or see who has them");
        } else {
            conditions.set(ConditionType.Exhausted, false, "AddressesLeft", "new clients get an address");
        }
    }

    /** What a server says of a scope now; null where it does not answer or does not have it. */
    static @Nullable ScopeReport report(ObjectName scope, ReplicaView replica) {
        return replica.server().current() == null ? null : replica.server().lastScope(scope);
    }
}
