package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.Condition.Status;
import io.dhcpfailover.api.v1alpha1.DhcpServerStatus;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import io.dhcpfailover.operator.report.EventReason;
import io.dhcpfailover.operator.report.ObjectEvent;
import io.dhcpfailover.operator.validation.ValidityEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events that a change of a DhcpServer is. */
public final class ServerEvents {

    private static final Map<String, EventReason> READY = Map.of(
            "NodeGone", EventReason.NodeGone,
            "PortInUse", EventReason.PortInUse,
            "InterfaceMissing", EventReason.InterfaceMissing);

    private ServerEvents() {}

    /**
     * What happened between two statuses.
     *
     * @param before null for a server that had none
     */
    public static List<ObjectEvent> between(@Nullable DhcpServerStatus before, DhcpServerStatus after) {
        List<ObjectEvent> events = new ArrayList<>();
        List<Condition> was = before == null ? List.of() : before.conditions();
        List<Condition> is = after.conditions();
        events.addAll(ValidityEvents.between(was, is));
        READY.forEach((reason, event) ->
                RelationshipEvents.failure(was, is, ConditionType.Ready, Status.False, reason, event, events));
        RelationshipEvents.failure(
                was, is, ConditionType.AddressStable, Status.False, "", EventReason.AddressChanged, events);
        RelationshipEvents.failure(
                was, is, ConditionType.StorageHealthy, Status.False, "", EventReason.StorageFailing, events);
        Condition reachable = Conditions.find(is, ConditionType.Reachable);
        if (reachable != null
                && Conditions.is(was, ConditionType.Reachable, Status.True)
                && reachable.status() == Status.False) {
            events.add(ObjectEvent.warning(EventReason.ServerUnreachable, reachable.message()));
        }
        if (reachable != null
                && Conditions.is(was, ConditionType.Reachable, Status.False)
                && reachable.status() == Status.True) {
            events.add(ObjectEvent.normal(EventReason.ServerReachable, reachable.message()));
        }
        return events;
    }
}
