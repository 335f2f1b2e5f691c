package io.dhcpfailover.operator.action;

import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.value.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A server asks its partner for every binding. */
final class Resync {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** After which what was asked for is on its way. */
    private static final Duration BEGINNING = Duration.ofSeconds(5);

    private static final String TOLD = "told";
    private static final String BEFORE = "updatesReceivedBefore";

    private final ActionView view;
    private final Instant now;
    private final ObjectName relationship;
    private final ObjectName server;
    private final ObjectName partner;

    Resync(ActionView view, Instant now) {
        this.view = view;
        this.now = now;
        this.relationship = Objects.requireNonNull(view.spec().relationship());
        this.server = Objects.requireNonNull(view.spec().server());
        this.partner = view.partner(relationship, server);
    }

    Decision next() {
        Map<String, String> details = view.details();
        RelationshipReport report = view.report(server, relationship);
        String refused = view.refused();
        if (refused != null) {
            return Decision.failed(server + " refused: " + refused, details);
        }
        if (report == null || !report.connected()) {
            String message = report == null
                    ? server + " does not answer the operator"
                    : server + " has no session with " + partner;
            if (view.isOver(PATIENCE, now)) {
                return Decision.failed(message + ": given up after " + PATIENCE.toMinutes() + "m", details);
            }
            return details.isEmpty() ? Decision.pending(message) : Decision.waiting(message, details);
        }
        String told = details.get(TOLD);
        if (told == null) {
            return Decision.doing(
                    server + " is told to ask " + partner + " for every binding",
                    Decision.with(
                            Decision.with(details, TOLD, now.toString()),
                            BEFORE,
                            Long.toString(report.updatesReceived())),
                    List.of(new Command.Resync(server, relationship)));
        }
        if (view.resumed()) {
            return Decision.doing(
                    server + " is told again to ask " + partner + " for every binding",
                    Decision.with(details, TOLD, now.toString()),
                    List.of(new Command.Resync(server, relationship)));
        }
        return finish(report, Instant.parse(told), details);
    }

    private Decision finish(RelationshipReport report, Instant told, Map<String, String> details) {
        RelationshipReport partners = view.report(partner, relationship);
        boolean begun = now.isAfter(told.plus(BEGINNING));
        boolean sent = partners == null || partners.pendingUpdates() + partners.unackedUpdates() == 0;
        if (begun && sent && report.state() == FailoverState.Normal) {
            long received = report.updatesReceived() - Long.parseLong(details.getOrDefault(BEFORE, "0"));
            return Decision.succeeded(
                    server + " has every binding of " + partner,
                    Decision.with(details, "updatesReceived", Long.toString(Math.max(0, received))));
        }
        return view.isOver(PATIENCE, now)
                ? Decision.failed(server + " is in " + report.state() + " after " + PATIENCE.toMinutes() + "m", details)
                : Decision.waiting(server + " asks " + partner + " for every binding", details);
    }
}
