package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.DurationFormat;
import io.dhcpfailover.operator.report.Span;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Finds words for how a relationship is doing. */
final class Situations {

    private static final String ACTION = "a DhcpFailoverAction PartnerDown";

    private final RelationshipView view;
    private final Side primary;
    private final Side secondary;
    private final Instant now;

    Situations(RelationshipView view, Instant now) {
        this.view = view;
        this.primary = view.side(ServerRole.Primary);
        this.secondary = view.side(ServerRole.Secondary);
        this.now = now;
    }

    Situation situation() {
        if (view.judgement().served() == null) {
            return Situation.bad("ConfigurationInvalid", view.judgement().message());
        }
        FailoverState first = primary.state();
        FailoverState second = secondary.state();
        if (first == null && second == null) {
            return unknown();
        }
        if (first == null) {
            return alone(secondary, primary);
        }
        if (second == null) {
            return alone(primary, secondary);
        }
        return both();
    }

    private Situation unknown() {
        if (primary.last() == null && secondary.last() == null) {
            return Situation.bad(
                    "Starting", "neither " + primary.name() + " nor " + secondary.name() + " has said anything yet");
        }
        return Situation.bad(
                "Unreachable",
                "neither " + primary.name() + " nor " + secondary.name() + " answers the operator"
                        + unheard(latest(
                                primary.server().heardAt(), secondary.server().heardAt()))
                        + ": whether clients are answered is not known here; look at their pods and nodes");
    }

    /** Of one that answers, and one that does not. */
    private Situation alone(Side server, Side other) {
        FailoverState state = server.state();
        if (state == null) {
            return unknown();
        }
        return switch (state) {
            case Normal ->
                Situation.bad(
                        "Unreachable",
                        other.name() + " does not answer the operator"
                                + unheard(other.server().heardAt()) + ", but "
                                + server.name()
                                + " is in touch with it and clients are answered: let the operator reach TCP port 9647"
                                + " of "
                                + other.name());
            case CommunicationsInterrupted -> interrupted(server, other);
            case PartnerDown -> partnerDown(server, other);
            case Recover, RecoverDone ->
                Situation.bad(
                        "NobodyServes",
                        server.name() + " needs " + other.name() + " to know all leases, and " + other.name()
                                + " does not answer: nobody is served; start " + other.name()
                                + ", or where that is lost, create "
                                + ACTION + " with server: " + server.name());
            case RecoverWait ->
                Situation.bad(
                        "NobodyServes",
                        server.name() + " serves again" + in(server) + ", and " + other.name()
                                + " does not answer: nobody is served; start " + other.name());
            case Startup ->
                Situation.bad("Starting", server.name() + " starts, and " + other.name() + " does not answer");
            case Paused, Shutdown ->
                Situation.bad(
                        "NobodyServes",
                        server.name() + " is out of service by plan, and " + other.name()
                                + " does not answer: nobody is served; create a DhcpFailoverAction EndMaintenance with"
                                + " server: "
                                + server.name());
            case PotentialConflict, ConflictDone, ResolutionInterrupted ->
                Situation.bad(
                        "Conflict",
                        other.name() + " does not answer"
                                + unheard(other.server().heardAt()) + ", and both served on their"
                                + " own before: " + server.name()
                                + " keeps the leases that there are, and gives nothing to new clients until they meet;"
                                + " start "
                                + other.name() + ", or where it is lost, create " + ACTION + " with server: "
                                + server.name());
        };
    }

    private Situation interrupted(Side server, Side other) {
        RelationshipReport report = server.report();
        Instant since = report == null ? null : report.since();
        String unreachable =
                other.name() + " unreachable" + (since == null ? "" : " for " + Span.of(between(since, now)));
        return Situation.bad(
                "CommunicationsInterrupted",
                unreachable + "; " + server.name() + " serves all clients; new leases last "
                        + DurationFormat.print(view.spec().maxClientLeadTime()) + "; " + switching(report, other)
                        + (view.remark().proof() == null
                                ? ""
                                : "; " + view.remark().proof()));
    }

    private String switching(@Nullable RelationshipReport report, Side other) {
        Instant at = report == null ? null : report.switchesAt();
        if (at != null) {
            return "PARTNER-DOWN by itself in " + Span.left(between(now, at)) + " or with a DhcpFailoverAction";
        }
        return view.spec().partnerDownOnProof() && !other.server().external()
                ? "PARTNER-DOWN once its end is proved, or with a DhcpFailoverAction"
                : "PARTNER-DOWN with a DhcpFailoverAction only";
    }

    private Situation partnerDown(Side server, Side other) {
        RelationshipReport report = server.report();
        Instant ends = report == null ? null : report.leadTimeEndsAt();
        return Situation.bad(
                "PartnerDown",
                other.name() + " is taken for down; " + server.name() + " serves all clients"
                        + (ends != null && ends.isAfter(now)
                                ? ", and gives " + other.name() + "'s free addresses as well in "
                                        + Span.left(between(now, ends))
                                : " with all addresses")
                        + "; once " + other.name() + " is started it recovers by itself");
    }

    private Situation both() {
        if (primary.is(FailoverState.Normal) && secondary.is(FailoverState.Normal)) {
            return view.scopes() == 0
                    ? Situation.good(
                            "Empty", "no scopes yet: set failoverRelationship: " + view.name() + " in a DhcpScope")
                    : Situation.good("Normal", sharing());
        }
        if (primary.is(FailoverState.Paused, FailoverState.Shutdown)) {
            return maintenance(primary, secondary);
        }
        if (secondary.is(FailoverState.Paused, FailoverState.Shutdown)) {
            return maintenance(secondary, primary);
        }
        if (isConflict()) {
            return Situation.bad(
                    "Conflict",
                    primary.name() + " and " + secondary.name()
                            + " served on their own and compare their leases; this ends by itself, and takes seconds");
        }
        if (primary.is(FailoverState.PartnerDown)) {
            return takenForDown(primary, secondary);
        }
        if (secondary.is(FailoverState.PartnerDown)) {
            return takenForDown(secondary, primary);
        }
        if (isRecovering(primary) || isRecovering(secondary)) {
            return isRecovering(primary) ? recovering(primary, secondary) : recovering(secondary, primary);
        }
        if (primary.is(FailoverState.Startup) || secondary.is(FailoverState.Startup)) {
            Side starting = primary.is(FailoverState.Startup) ? primary : secondary;
            return Situation.bad("Starting", starting.name() + " starts");
        }
        return apart();
    }

    private static Situation maintenance(Side stopped, Side serving) {
        return Situation.bad(
                "Maintenance",
                stopped.name() + " is out of service by plan; " + serving.name()
                        + " serves all clients; back with a DhcpFailoverAction EndMaintenance");
    }

    private boolean isConflict() {
        FailoverState[] conflict = {
            FailoverState.PotentialConflict, FailoverState.ConflictDone, FailoverState.ResolutionInterrupted
        };
        return primary.is(conflict) || secondary.is(conflict);
    }

    private static boolean isRecovering(Side side) {
        return side.is(FailoverState.Recover, FailoverState.RecoverWait, FailoverState.RecoverDone);
    }

    private Situation takenForDown(Side server, Side other) {
        if (isRecovering(other)) {
            return recovering(other, server);
        }
        if (other.is(FailoverState.Startup)) {
            return Situation.bad(
                    "Recovering",
                    other.name() + " starts; " + server.name() + " serves all clients until it has recovered");
        }
        return Situation.bad(
                "Conflict",
                server.name() + " takes " + other.name() + " for down, and " + other.name()
                        + " serves clients: an address can get two clients; stop " + other.name()
                        + " or mend the link between them at once");
    }

    private Situation recovering(Side behind, Side ahead) {
        if (isRecovering(ahead)) {
            return Situation.bad(
                    "Recovering",
                    behind.name() + " and " + ahead.name() + " learn from each other what leases there are"
                            + (behind.is(FailoverState.RecoverWait) ? ", and serve" + in(behind) : ""));
        }
        String leases = behind.is(FailoverState.RecoverWait)
                ? behind.name() + " has all leases and serves again" + in(behind)
                : behind.name() + " gets all leases from " + ahead.name();
        return Situation.bad("Recovering", leases + "; " + ahead.name() + " serves all clients");
    }

    private String in(Side server) {
        RelationshipReport report = server.report();
        Instant ends = report == null ? null : report.leadTimeEndsAt();
        return ends == null ? " once the MCLT is over" : " in " + Span.left(between(now, ends)) + " (MCLT)";
    }

    private Situation apart() {
        Instant since = latest(since(primary), since(secondary));
        return Situation.bad(
                "CommunicationsInterrupted",
                primary.name() + " and " + secondary.name() + " do not hear each other"
                        + (since == null ? "" : " for " + Span.of(between(since, now)))
                        + "; each serves all clients, new ones from its own addresses; new leases last "
                        + DurationFormat.print(view.spec().maxClientLeadTime())
                        + "; let them reach each other's failoverPort by TCP");
    }

    private static @Nullable Instant since(Side side) {
        return side.report() == null ? null : side.report().since();
    }

    private String sharing() {
        if (view.isLoadBalance()) {
            int percent = view.loadBalancePercent();
            return primary.name() + " answers " + percent + " % of the clients, " + secondary.name() + " "
                    + (100 - percent) + " %";
        }
        boolean primaryActive = view.activeServer() == ServerRole.Primary;
        return (primaryActive ? primary : secondary).name() + " answers all clients, "
                + (primaryActive ? secondary : primary).name() + " stands by";
    }

    private String unheard(@Nullable Instant heardAt) {
        return heardAt == null ? "" : " for " + Span.of(between(heardAt, now));
    }

    private static Duration between(Instant from, Instant to) {
        Duration length = Duration.between(from, to);
        return length.isNegative() ? Duration.ZERO : length;
    }

    private static @Nullable Instant latest(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
