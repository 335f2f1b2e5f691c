package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.node.NodeProblem;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.Condition.Status;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import io.dhcpfailover.operator.report.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The conditions of a relationship. */
final class RelationshipConditions {

    /** The most that clocks may differ by (failover protocol of Windows, of ISC dhcpd and of this server). */
    private static final long SKEW_MAX_MILLIS = 60_000;

    /** Half of that: somebody should look at NTP before it is too late. */
    private static final long SKEW_WARNING_MILLIS = 30_000;

    /** Servers move addresses where shares are wrong by 15 %: twice that is more than they are about to mend. */
    private static final long MISBALANCE_PERCENT = 30;

    /** Of few addresses, one is many percent. */
    private static final long MISBALANCE_MIN = 2;

    private static final int NAMES_MAX = 5;
    private static final List<String> GRAVE = List.of("AuthenticationFailed", "ClockSkew", "PartnerRefused");

    private final RelationshipView view;
    private final Side primary;
    private final Side secondary;
    private final Situation situation;
    private final List<NodeProblem> problems;
    private final Conditions conditions;

    RelationshipConditions(RelationshipView view, Side primary, Side secondary, Instant now) {
        this.view = view;
        this.primary = primary;
        this.secondary = secondary;
        this.situation = new Situations(view, now).situation();
        this.problems = problems();
        this.conditions = new Conditions(
                view.previous() == null ? List.of() : view.previous().conditions(), now, view.generation());
    }

    List<Condition> list() {
        ready();
        partnersConnected();
        clocksInSync();
        scopesInSync();
        poolsBalanced();
        view.judgement().say(conditions);
        degraded();
        return conditions.list();
    }

    private List<NodeProblem> problems() {
        List<NodeProblem> found = new ArrayList<>();
        for (Side side : List.of(primary, secondary)) {
            NodeStatus status = side.server().current();
            if (status != null) {
                status.problems().stream()
                        .filter(problem -> view.name().text().equals(problem.object()))
                        .map(problem -> new NodeProblem(
                                problem.reason(),
                                problem.object(),
                                side.name() + ": " + problem.message(),
                                problem.since()))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** A problem that explains why the servers do not find each other is said first. */
    private String reason() {
        return problems.stream()
                .map(NodeProblem::reason)
                .filter(GRAVE::contains)
                .findFirst()
                .orElse(situation.reason());
    }

    private String message() {
        return Stream.concat(Stream.of(situation.message()), problems.stream().map(NodeProblem::message))
                .collect(Collectors.joining("; "));
    }

    private void ready() {
        conditions.set(
                ConditionType.Ready, situation.ready(), situation.ready() ? situation.reason() : reason(), message());
    }

    private void degraded() {
        String stopped = view.remark().rollout();
        if (stopped != null) {
            conditions.set(ConditionType.Degraded, true, "RolloutStopped", stopped + "; " + message());
            return;
        }
        boolean degraded = !situation.ready() || !problems.isEmpty();
        String reason =
                situation.ready() && !problems.isEmpty() ? problems.getFirst().reason() : reason();
        conditions.set(
                ConditionType.Degraded,
                degraded,
                degraded ? reason : "AsAsked",
                degraded ? message() : "nothing is wrong that is known of");
    }

    private void partnersConnected() {
        if (primary.report() == null && secondary.report() == null) {
            conditions.set(
                    ConditionType.PartnersConnected,
                    Status.Unknown,
                    "Unreachable",
                    "neither server answers the operator");
            return;
        }
        boolean connected = primary.connected() || secondary.connected();
        conditions.set(
                ConditionType.PartnersConnected,
                connected,
                connected ? "Connected" : "NotConnected",
                connected
                        ? primary.name() + " and " + secondary.name() + " have a session"
                        : primary.name() + " and " + secondary.name() + " have no session");
    }

    private void clocksInSync() {
        Long skew = Stream.of(primary.report(), secondary.report())
                .filter(Objects::nonNull)
                .map(RelationshipReport::clockSkewMilliseconds)
                .filter(Objects::nonNull)
                .max((one, other) -> Long.compare(Math.abs(one), Math.abs(other)))
                .orElse(null);
        NodeProblem problem = problems.stream()
                .filter(each -> each.reason().equals("ClockSkew"))
                .findFirst()
                .orElse(null);
        if (problem != null) {
            conditions.set(ConditionType.ClocksInSync, false, "ClocksApart", problem.message());
        } else if (skew == null) {
            conditions.set(
                    ConditionType.ClocksInSync,
                    Status.Unknown,
                    "NotMeasured",
                    "the servers have not compared their clocks");
        } else if (Math.abs(skew) > SKEW_MAX_MILLIS) {
            conditions.set(
                    ConditionType.ClocksInSync,
                    false,
                    "ClocksApart",
                    "the clocks are more than a minute apart, by " + Span.of(Duration.ofMillis(skew))
                            + ", with which failover does not work: set both by NTP");
        } else {
            boolean far = Math.abs(skew) > SKEW_WARNING_MILLIS;
            conditions.set(
                    ConditionType.ClocksInSync,
                    true,
                    far ? "ClocksDrift" : "InSync",
                    far
                            ? "the clocks are more than 30 s apart, and at 60 s failover ends: set both by NTP"
                            : "the clocks are less than 30 s apart");
        }
    }

    private void scopesInSync() {
        List<String> outOfSync = view.outOfSync();
        conditions.set(
                ConditionType.ScopesInSync,
                outOfSync.isEmpty(),
                outOfSync.isEmpty() ? "InSync" : "OutOfSync",
                outOfSync.isEmpty()
                        ? "both servers serve every scope as asked"
                        : "not every server serves as asked: "
                                + outOfSync.stream().limit(NAMES_MAX).collect(Collectors.joining(", "))
                                + (outOfSync.size() > NAMES_MAX
                                        ? " and " + (outOfSync.size() - NAMES_MAX) + " more"
                                        : "")
                                + "; their condition InSync says which and why");
    }

    private void poolsBalanced() {
        RelationshipReport report = primary.report() == null ? secondary.report() : primary.report();
        if (report == null || !situation.ready() || view.scopes() == 0) {
            conditions.set(
                    ConditionType.PoolsBalanced,
                    Status.Unknown,
                    view.scopes() == 0 ? "Empty" : "NotNormal",
                    "addresses are shared while both servers are in NORMAL and have scopes");
            return;
        }
        boolean ofPrimary = report.role() == ServerRole.Primary;
        long free = report.freeThis() + report.freePartner();
        long own = ofPrimary ? report.freeThis() : report.freePartner();
        long wanted = free * percentOfPrimary() / 100;
        boolean balanced = Math.abs(own - wanted) <= Math.max(MISBALANCE_MIN, free * MISBALANCE_PERCENT / 100);
        conditions.set(
                ConditionType.PoolsBalanced,
                balanced,
                balanced ? "Balanced" : "Misbalanced",
                balanced
                        ? "each server has its share of the free addresses"
                        : "one server has far more than its share of the free addresses: they move by themselves;"
                                + " where they do not, see the pending updates of both");
    }

    private int percentOfPrimary() {
        if (primary.server().external() || secondary.server().external()) {
            // ISC dhcpd shares in halves, whatever it is asked.
            return 50;
        }
        if (view.isLoadBalance()) {
            return view.loadBalancePercent();
        }
        return view.activeServer() == ServerRole.Primary ? 100 - view.reservePercent() : view.reservePercent();
    }
}
