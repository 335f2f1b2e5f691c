package io.dhcpfailover.operator.action;

import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.value.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A person says that a server's partner is down. Refused where that is seen to be untrue: then an address could get two
 * clients.
 */
final class PartnerDown {

    /** Who asked expects it now: what is true now may not be in ten minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** By which a person's clock may be ahead. */
    private static final Duration SKEW_MAX = Duration.ofMinutes(1);

    private static final String TOLD = "told";

    private final ActionView view;
    private final Instant now;
    private final ObjectName relationship;
    private final ObjectName server;
    private final ObjectName partner;

    PartnerDown(ActionView view, Instant now) {
        this.view = view;
        this.now = now;
        this.relationship = Objects.requireNonNull(view.spec().relationship());
        this.server = Objects.requireNonNull(view.spec().server());
        this.partner = view.partner(relationship, server);
    }

    Decision next() {
        Instant lastSeen = view.spec().partnerLastSeen();
        if (lastSeen != null && lastSeen.isAfter(now.plus(SKEW_MAX))) {
            return Decision.failed("spec.partnerLastSeen: " + lastSeen + " is not over yet", view.details());
        }
        RelationshipReport report = view.report(server, relationship);
        if (report == null) {
            return waiting(server + " does not answer the operator");
        }
        Map<String, String> details = view.details();
        if (report.state() == FailoverState.PartnerDown) {
            return Decision.succeeded(
                    server + " takes " + partner + " for down, and serves all clients",
                    report.leadTimeEndsAt() == null
                            ? details
                            : Decision.with(
                                    details,
                                    "allAddressesFrom",
                                    report.leadTimeEndsAt().toString()));
        }
        String refused = view.refused();
        if (refused != null) {
            return Decision.failed(server + " refused: " + refused, details);
        }
        if (details.containsKey(TOLD) && !view.resumed()) {
            return waiting(server + " was told, and is in " + report.state());
        }
        String alive = alive(report);
        if (alive != null) {
            return Decision.failed(alive, details);
        }
        return Decision.doing(
                server + " is told that " + partner + " is down",
                Decision.with(details, TOLD, now.toString()),
                List.of(new Command.DeclareDown(server, relationship, lastSeen)));
    }

    private @Nullable String alive(RelationshipReport report) {
        FailoverState said = report.partnerState();
        boolean silent = said == FailoverState.Recover
                || said == FailoverState.RecoverWait
                || said == FailoverState.Paused
                || said == FailoverState.Shutdown;
        if (report.connected() && !silent) {
            return partner + " is in touch with " + server + ": it is not down; stop it first, by StartMaintenance";
        }
        NodeStatus other = view.current(partner);
        RelationshipReport others = view.report(partner, relationship);
        boolean serves = other != null
                && other.ready()
                && !other.maintenance()
                && others != null
                && (others.state() == FailoverState.CommunicationsInterrupted
                        || others.state() == FailoverState.Normal
                        || others.state() == FailoverState.PartnerDown);
        return serves
                ? partner
                        + " answers the operator and serves clients: an address could get two clients; stop it first,"
                        + " by StartMaintenance or with its node, or mend the link between the two"
                : null;
    }

    private Decision waiting(String message) {
        if (view.isOver(PATIENCE, now)) {
            return Decision.failed(message + ": given up; create another action if it is still needed", view.details());
        }
        return view.status() == null || view.status().startedAt() == null
                ? Decision.pending(message)
                : Decision.waiting(message, view.details());
    }
}
