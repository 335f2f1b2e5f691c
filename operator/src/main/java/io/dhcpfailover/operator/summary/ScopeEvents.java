package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.Condition.Status;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus.Replica;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.EventReason;
import io.dhcpfailover.operator.report.ObjectEvent;
import io.dhcpfailover.operator.validation.ValidityEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The events that a change of a scope is. */
public final class ScopeEvents {

    private ScopeEvents() {}

    /**
     * What happened between two statuses.
     *
     * @param before null for a scope that had none
     */
    public static List<ObjectEvent> between(@Nullable DhcpScopeStatus before, DhcpScopeStatus after) {
        List<ObjectEvent> events = new ArrayList<>();
        List<Condition> was = before == null ? List.of() : before.conditions();
        events.addAll(ValidityEvents.between(was, after.conditions()));
        for (Replica replica : after.replicas()) {
            Replica old = before == null ? null : of(before, replica.server());
            if (replica.state() == Replica.State.InSync
                    && replica.generation() != null
                    && (old == null || !Objects.equals(old.hash(), replica.hash()))) {
                events.add(ObjectEvent.normal(
                        EventReason.ScopeReplicated,
                        replica.server() + " serves generation " + replica.generation() + " of it"));
            }
            if (replica.state() == Replica.State.Drifted && (old == null || old.state() != Replica.State.Drifted)) {
                events.add(ObjectEvent.warning(
                        EventReason.DriftDetected, replica.server() + " serves something that nobody asked for here"));
            }
        }
        RelationshipEvents.failure(
                was, after.conditions(), ConditionType.Exhausted, Status.True, "", EventReason.PoolExhausted, events);
        return events;
    }

    private static @Nullable Replica of(DhcpScopeStatus status, ObjectName server) {
        return status.replicas().stream()
                .filter(replica -> replica.server().equals(server))
                .findAny()
                .orElse(null);
    }
}
