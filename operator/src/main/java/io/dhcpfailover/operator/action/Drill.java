package io.dhcpfailover.operator.action;

import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rehearses an outage: the server that matters most hands its clients over, its partner serves alone for a while, and
 * everything goes back. Whatever goes wrong, the server is put back before the drill ends.
 */
final class Drill {

    /** How long the partner serves alone: many clients renew in that time, and none loses its address. */
    private static final Duration ALONE = Duration.ofMinutes(1);

    private static final Duration HAND_OVER_MAX = Duration.ofMinutes(5);
    private static final Duration RETURN_MAX = Duration.ofMinutes(10);

    private static final String HANDS_OVER = "toldToHandOver";
    private static final String ALONE_FROM = "aloneFrom";
    private static final String RETURNS = "toldToReturn";
    private static final String FAILED = "failed";

    private final ActionView view;
    private final Instant now;
    private final ObjectName relationship;
    private final ObjectName server;
    private final ObjectName partner;
    private final Maintenance maintenance;

    Drill(ActionView view, Instant now) {
        this.view = view;
        this.now = now;
        this.relationship = Objects.requireNonNull(view.spec().relationship());
        DhcpFailoverRelationshipSpec pair =
                Objects.requireNonNull(view.relationships().get(relationship));
        ObjectName asked = view.spec().server();
        this.server = asked == null ? active(pair) : asked;
        this.partner = view.partner(relationship, server);
        this.maintenance = new Maintenance(view, now, server);
    }

    private static ObjectName active(DhcpFailoverRelationshipSpec pair) {
        boolean secondary = pair.mode() == Mode.HotStandby && pair.activeServer() == ServerRole.Secondary;
        return secondary ? pair.secondaryServer() : pair.primaryServer();
    }

    Decision next() {
        Map<String, String> details = view.details();
        if (view.server(server).external() || view.server(partner).external()) {
            return Decision.failed("a drill needs two servers of this cluster, and one of these is external", details);
        }
        if (!details.containsKey(HANDS_OVER)) {
            return begin(details);
        }
        if (details.containsKey(RETURNS)) {
            return comeBack(details);
        }
        String refused = view.refused();
        if (refused != null) {
            return putBack(Decision.with(details, FAILED, server + " refused: " + refused));
        }
        if (!details.containsKey(ALONE_FROM)) {
            return handOver(details);
        }
        Instant from = Instant.parse(details.getOrDefault(ALONE_FROM, now.toString()));
        RelationshipReport report = view.report(partner, relationship);
        if (report == null) {
            return putBack(Decision.with(details, FAILED, partner + " was lost while it served alone"));
        }
        if (now.isBefore(from.plus(ALONE))) {
            return Decision.waiting(partner + " serves all clients", details);
        }
        long before = Long.parseLong(details.getOrDefault("updatesBefore", "0"));
        Map<String, String> figures = Decision.with(details, "leasesAtTheEnd", Long.toString(report.inUse()));
        return putBack(Decision.with(
                figures,
                "leasesGivenOrRenewedAlone",
                Long.toString(Math.max(0, report.pendingUpdates() + report.updatesSent() - before))));
    }

    private Decision begin(Map<String, String> details) {
        String obstacle =
                view.current(partner) == null ? partner + " does not answer the operator" : maintenance.obstacle();
        RelationshipReport report = view.report(partner, relationship);
        if (obstacle != null || report == null) {
            return Decision.failed("no outage is rehearsed in one: " + obstacle, details);
        }
        Map<String, String> figures = Decision.with(details, HANDS_OVER, now.toString());
        figures = Decision.with(figures, "leasesBefore", Long.toString(report.inUse()));
        figures =
                Decision.with(figures, "updatesBefore", Long.toString(report.pendingUpdates() + report.updatesSent()));
        return Decision.doing(
                server + " hands its clients over to " + partner,
                figures,
                List.of(new Command.StartMaintenance(server)));
    }

    private Decision handOver(Map<String, String> details) {
        if (maintenance.isToBeTold(true)) {
            return Decision.doing(
                    server + " hands its clients over to " + partner,
                    details,
                    List.of(new Command.StartMaintenance(server)));
        }
        String missing = maintenance.missing();
        if (missing == null) {
            Map<String, String> alone = Decision.with(details, ALONE_FROM, now.toString());
            return Decision.waiting(
                    partner + " serves all clients",
                    Decision.with(alone, "handedOverAfter", seconds(details.get(HANDS_OVER))));
        }
        return view.isOver(HAND_OVER_MAX, now)
                ? putBack(Decision.with(details, FAILED, missing))
                : Decision.waiting(missing, details);
    }

    private Decision putBack(Map<String, String> details) {
        return Decision.doing(
                server + " is put back",
                Decision.with(details, RETURNS, now.toString()),
                List.of(new Command.EndMaintenance(server)));
    }

    private Decision comeBack(Map<String, String> details) {
        String told = details.getOrDefault(RETURNS, now.toString());
        String missing = maintenance.away();
        String failed = details.get(FAILED);
        if (missing == null) {
            Map<String, String> figures = Decision.with(details, "normalAfter", seconds(told));
            return failed == null
                    ? Decision.succeeded(
                            partner + " served all clients in place of " + server + ", and both are back in NORMAL",
                            figures)
                    : Decision.failed(failed + "; both are back in NORMAL", figures);
        }
        boolean late = now.isAfter(Instant.parse(told).plus(RETURN_MAX).plus(maintenance.leadTime()));
        if (late) {
            return Decision.failed(
                    (failed == null ? "" : failed + "; ") + missing + ": NORMAL did not come back", details);
        }
        boolean again = view.refused() != null || maintenance.isToBeTold(false);
        return again ? putBack(details) : Decision.waiting(missing, details);
    }

    private String seconds(@Nullable String since) {
        return since == null ? "" : Duration.between(Instant.parse(since), now).toSeconds() + "s";
    }
}
