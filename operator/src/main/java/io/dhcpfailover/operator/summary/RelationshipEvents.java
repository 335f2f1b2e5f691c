package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.Condition.Status;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.Effective;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.PartnerStatus;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.value.DurationFormat;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import io.dhcpfailover.operator.report.EventReason;
import io.dhcpfailover.operator.report.ObjectEvent;
import io.dhcpfailover.operator.validation.ValidityEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The events that a change of a relationship is. */
public final class RelationshipEvents {

    private RelationshipEvents() {}

    /**
     * What happened between two statuses, in the order in which people would tell it.
     *
     * @param before null for a relationship that had none: then nothing is said but what is wrong
     */
    public static List<ObjectEvent> between(
            @Nullable DhcpFailoverRelationshipStatus before, DhcpFailoverRelationshipStatus after) {
        List<ObjectEvent> events = new ArrayList<>();
        List<Condition> was = before == null ? List.of() : before.conditions();
        events.addAll(ValidityEvents.between(was, after.conditions()));
        if (before != null) {
            configuration(before.effective(), after.effective(), events);
            after.servers().forEach(server -> state(before, server, events));
            connection(was, after.conditions(), events);
        }
        failure(
                was,
                after.conditions(),
                ConditionType.ClocksInSync,
                Status.False,
                "",
                EventReason.TimeOutOfSync,
                events);
        failure(
                was,
                after.conditions(),
                ConditionType.Degraded,
                Status.True,
                "AuthenticationFailed",
                EventReason.AuthenticationFailed,
                events);
        return events;
    }

    /** Which scopes came to a relationship, and which left it. */
    public static List<ObjectEvent> scopes(Set<String> before, Set<String> after) {
        List<ObjectEvent> events = new ArrayList<>();
        for (String scope : new TreeSet<>(after)) {
            if (!before.contains(scope)) {
                events.add(ObjectEvent.normal(
                        EventReason.ScopeAdded, "DhcpScope " + scope + " is served by both servers from now on"));
            }
        }
        for (String scope : new TreeSet<>(before)) {
            if (!after.contains(scope)) {
                events.add(ObjectEvent.normal(EventReason.ScopeRemoved, "DhcpScope " + scope + " has left"));
            }
        }
        return events;
    }

    /** A condition that went to a bad status, or to a reason that is watched for. */
    static void failure(
            List<Condition> before,
            List<Condition> after,
            ConditionType type,
            Status bad,
            String reason,
            EventReason event,
            List<ObjectEvent> events) {
        if (isBad(after, type, bad, reason) && !isBad(before, type, bad, reason)) {
            events.add(ObjectEvent.warning(
                    event, Objects.requireNonNull(Conditions.find(after, type)).message()));
        }
    }

    private static boolean isBad(List<Condition> conditions, ConditionType type, Status bad, String reason) {
        Condition condition = Conditions.find(conditions, type);
        return condition != null
                && condition.status() == bad
                && (reason.isEmpty() || condition.reason().equals(reason));
    }

    private static void state(DhcpFailoverRelationshipStatus before, PartnerStatus server, List<ObjectEvent> events) {
        FailoverState from = StateChanges.lastKnown(before, server.name());
        FailoverState to = server.state();
        if (from == null || to == null || from == to) {
            return;
        }
        boolean warns = from == FailoverState.Normal || to == FailoverState.PartnerDown;
        events.add(new ObjectEvent(
                warns ? ObjectEvent.Severity.Warning : ObjectEvent.Severity.Normal,
                EventReason.FailoverStateChange,
                server.name() + " (" + server.role() + "): " + from + " → " + to));
    }

    private static void connection(List<Condition> before, List<Condition> after, List<ObjectEvent> events) {
        Condition is = Conditions.find(after, ConditionType.PartnersConnected);
        if (is == null) {
            return;
        }
        if (is.status() == Status.False && !Conditions.is(before, ConditionType.PartnersConnected, Status.False)) {
            events.add(ObjectEvent.warning(EventReason.CommunicationDown, is.message()));
        }
        if (is.status() == Status.True && Conditions.is(before, ConditionType.PartnersConnected, Status.False)) {
            events.add(ObjectEvent.normal(EventReason.CommunicationUp, is.message()));
        }
    }

    private static void configuration(@Nullable Effective before, @Nullable Effective after, List<ObjectEvent> events) {
        if (before == null || after == null || before.equals(after)) {
            return;
        }
        List<String> changes = new ArrayList<>();
        change("mode", before.mode(), after.mode(), changes);
        change("loadBalancePercent", before.loadBalancePercent(), after.loadBalancePercent(), changes);
        change("activeServer", before.activeServer(), after.activeServer(), changes);
        change("reservePercent", before.reservePercent(), after.reservePercent(), changes);
        change("maxClientLeadTime", text(before.maxClientLeadTime()), text(after.maxClientLeadTime()), changes);
        change("stateSwitchInterval", text(before.stateSwitchInterval()), text(after.stateSwitchInterval()), changes);
        events.add(ObjectEvent.normal(EventReason.ConfigurationChanged, String.join(", ", changes)));
    }

    private static void change(String field, @Nullable Object before, @Nullable Object after, List<String> changes) {
        if (!Objects.equals(before, after)) {
            changes.add(field + " " + (before == null ? "none" : before) + " → " + (after == null ? "none" : after));
        }
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : DurationFormat.print(duration);
    }
}
