package io.dhcpfailover.operator.action;

import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.report.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server hands its clients over to its partners, and takes them back. */
final class Maintenance {

    private static final Duration HAND_OVER_MAX = Duration.ofMinutes(5);

    /** Besides the MCLT, for which a server that was away may have to wait. */
    private static final Duration RETURN_MAX = Duration.ofMinutes(10);

    private static final String TOLD = "told";

    private static final Set<FailoverState> TAKEN_OVER =
            EnumSet.of(FailoverState.CommunicationsInterrupted, FailoverState.PartnerDown);

    private final ActionView view;
    private final Instant now;
    private final ObjectName server;
    private final List<ObjectName> relationships;

    Maintenance(ActionView view, Instant now) {
        this(view, now, Objects.requireNonNull(view.spec().server()));
    }

    Maintenance(ActionView view, Instant now, ObjectName server) {
        this.view = view;
        this.now = now;
        this.server = server;
        this.relationships = view.relationshipsOf(server);
    }

    Decision start() {
        Map<String, String> details = view.details();
        String refused = view.refused();
        if (refused != null) {
            return Decision.failed(server + " refused: " + refused, details);
        }
        if (!details.containsKey(TOLD)) {
            String obstacle = obstacle();
            if (obstacle != null) {
                return Decision.failed(obstacle, details);
            }
            return Decision.doing(
                    server + " hands its clients over",
                    Decision.with(details, TOLD, now.toString()),
                    List.of(new Command.StartMaintenance(server)));
        }
        if (isToBeTold(true)) {
            return Decision.doing(
                    server + " hands its clients over", details, List.of(new Command.StartMaintenance(server)));
        }
        String missing = missing();
        if (missing == null) {
            return Decision.succeeded(
                    server + " has handed its clients over, and every update was acknowledged; it can be stopped",
                    Decision.with(details, "handedOverAfter", seconds(details.get(TOLD))));
        }
        return view.isOver(HAND_OVER_MAX, now)
                ? Decision.failed(
                        missing + " after " + HAND_OVER_MAX.toMinutes() + "m; " + server
                                + " stays out of service until EndMaintenance",
                        details)
                : Decision.waiting(missing, details);
    }

    Decision end() {
        Map<String, String> details = view.details();
        String refused = view.refused();
        if (refused != null) {
            return Decision.failed(server + " refused: " + refused, details);
        }
        NodeStatus status = view.current(server);
        if (!details.containsKey(TOLD)) {
            if (status == null) {
                return view.isOver(RETURN_MAX, now)
                        ? Decision.failed(server + " does not answer the operator: start it first", details)
                        : Decision.pending(server + " does not answer the operator");
            }
            return Decision.doing(
                    server + " is told to serve again",
                    Decision.with(details, TOLD, now.toString()),
                    List.of(new Command.EndMaintenance(server)));
        }
        if (isToBeTold(false)) {
            return Decision.doing(
                    server + " is told to serve again", details, List.of(new Command.EndMaintenance(server)));
        }
        String missing = away();
        if (missing == null) {
            return Decision.succeeded(
                    server + " serves again", Decision.with(details, "normalAfter", seconds(details.get(TOLD))));
        }
        return view.isOver(RETURN_MAX.plus(leadTime()), now)
                ? Decision.failed(missing + ": NORMAL did not come back", details)
                : Decision.waiting(missing, details);
    }

    /** Whether the operator that was to tell it, before this one, has not, as far as the server shows. */
    boolean isToBeTold(boolean maintenance) {
        NodeStatus status = view.current(server);
        return view.resumed() && status != null && status.maintenance() != maintenance;
    }

    /** Why clients could not be handed over; null where they can. */
    @Nullable String obstacle() {
        if (relationships.isEmpty()) {
            return server + " has no partner: its clients would be served by nobody; put its scopes into a"
                    + " DhcpFailoverRelationship first";
        }
        if (view.current(server) == null) {
            return server + " does not answer the operator: it cannot hand anything over";
        }
        for (ObjectName relationship : relationships) {
            RelationshipReport report = view.report(server, relationship);
            if (report == null
                    || !report.connected()
                    || report.state() != FailoverState.Normal
                    || report.partnerState() != FailoverState.Normal) {
                return relationship
                        + " is not in NORMAL: its clients would be served by nobody; wait until kubectl get dfr"
                        + " shows Normal/Normal";
            }
        }
        return null;
    }

    /** What is still to be handed over; null for nothing. */
    @Nullable String missing() {
        NodeStatus status = view.current(server);
        if (status == null) {
            return null;
        }
        if (!status.maintenance()) {
            return server + " still serves clients";
        }
        for (ObjectName relationship : relationships) {
            RelationshipReport report = view.report(server, relationship);
            long waiting = report == null ? 0 : report.pendingUpdates() + report.unackedUpdates();
            if (waiting > 0) {
                return "its partner has to acknowledge more updates of " + relationship;
            }
            ObjectName partner = view.partner(relationship, server);
            RelationshipReport partners = view.report(partner, relationship);
            if (partners != null && !TAKEN_OVER.contains(partners.state())) {
                return partner + " has not taken over yet: it is in " + partners.state();
            }
        }
        return null;
    }

    /** What is not as it was before; null where all is. */
    @Nullable String away() {
        NodeStatus status = view.current(server);
        if (status == null) {
            return server + " does not answer the operator";
        }
        if (status.maintenance()) {
            return server + " is still out of service";
        }
        for (ObjectName relationship : relationships) {
            RelationshipReport report = view.report(server, relationship);
            if (report == null
                    || report.state() != FailoverState.Normal
                    || report.partnerState() != FailoverState.Normal) {
                return relationship + " is not in NORMAL yet"
                        + (report == null ? "" : ": " + server + " is in " + report.state() + ends(report));
            }
        }
        return null;
    }

    private String ends(RelationshipReport report) {
        Instant ends = report.leadTimeEndsAt();
        return ends == null || !ends.isAfter(now) ? "" : ", for " + Span.left(Duration.between(now, ends));
    }

    Duration leadTime() {
        return relationships.stream()
                .map(name ->
                        Objects.requireNonNull(view.relationships().get(name)).maxClientLeadTime())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private String seconds(@Nullable String since) {
        return since == null ? "" : Duration.between(Instant.parse(since), now).toSeconds() + "s";
    }
}
