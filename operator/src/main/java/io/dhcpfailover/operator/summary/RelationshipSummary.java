package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.Counters;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.Effective;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.PartnerStatus;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the status of a relationship. */
public final class RelationshipSummary {

    private static final String EMPTY = "Empty";
    private static final String UNKNOWN = "Unknown";

    private final RelationshipView view;
    private final Instant now;
    private final Side primary;
    private final Side secondary;

    private RelationshipSummary(RelationshipView view, Instant now) {
        this.view = view;
        this.now = now;
        this.primary = view.side(ServerRole.Primary);
        this.secondary = view.side(ServerRole.Secondary);
    }

    /** The status that follows. */
    public static DhcpFailoverRelationshipStatus of(RelationshipView view, Instant now) {
        return new RelationshipSummary(view, now).status();
    }

    private DhcpFailoverRelationshipStatus status() {
        String state = view.scopes() == 0 ? EMPTY : text(primary.state()) + "/" + text(secondary.state());
        return new DhcpFailoverRelationshipStatus(
                view.generation(),
                state,
                since(state),
                effective(),
                List.of(partner(primary), partner(secondary)),
                view.scopes(),
                view.scopes() - view.outOfSync().size(),
                pending(),
                Stream.of(counters(primary), counters(secondary))
                        .filter(Objects::nonNull)
                        .toList(),
                new RelationshipConditions(view, primary, secondary, now).list());
    }

    private static String text(@Nullable FailoverState state) {
        return state == null ? UNKNOWN : state.name();
    }

    private Instant since(String state) {
        DhcpFailoverRelationshipStatus previous = view.previous();
        if (previous != null && state.equals(previous.state()) && previous.since() != null) {
            return previous.since();
        }
        Instant latest = state.equals(EMPTY) ? null : latest();
        return latest == null || latest.isAfter(now) ? now : latest;
    }

    /** When either server came into its state. */
    private @Nullable Instant latest() {
        Instant latest = null;
        for (Side side : List.of(primary, secondary)) {
            Instant since = side.report() == null ? null : side.report().since();
            if (since != null && (latest == null || since.isAfter(latest))) {
                latest = since;
            }
        }
        return latest;
    }

    private Effective effective() {
        Duration interval = view.spec().stateSwitchInterval();
        boolean balances = view.isLoadBalance();
        return new Effective(
                view.spec().mode(),
                balances ? view.loadBalancePercent() : null,
                balances ? null : view.activeServer(),
                balances ? null : view.reservePercent(),
                view.spec().maxClientLeadTime(),
                interval == null || interval.isZero() ? null : interval);
    }

    private PartnerStatus partner(Side side) {
        RelationshipReport report = side.report();
        if (report == null) {
            return unheard(side);
        }
        Long skew = report.clockSkewMilliseconds();
        return new PartnerStatus(
                side.server().name(),
                side.role(),
                report.state(),
                report.previousState(),
                report.since(),
                report.partnerState(),
                report.lastContact(),
                skew == null ? null : Duration.ofMillis(skew),
                report.pendingUpdates(),
                report.unackedUpdates(),
                report.servedHash(),
                report.leadTimeEndsAt(),
                report.switchesAt());
    }

    /** Of one that does not answer: its state by its partner's word, if any, and the last one that was known. */
    private PartnerStatus unheard(Side side) {
        FailoverState state = side.state();
        ObjectName name = side.server().name();
        return new PartnerStatus(
                name,
                side.role(),
                state,
                state == null
                        ? StateChanges.lastKnown(view.previous(), name)
                        : StateChanges.before(view.previous(), name, state),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private @Nullable Long pending() {
        List<RelationshipReport> reports = Stream.of(primary.report(), secondary.report())
                .filter(Objects::nonNull)
                .toList();
        return reports.isEmpty()
                ? null
                : reports.stream()
                        .mapToLong(report -> report.pendingUpdates() + report.unackedUpdates())
                        .sum();
    }

    private static @Nullable Counters counters(Side side) {
        RelationshipReport report = side.last();
        if (report == null) {
            return null;
        }
        return new Counters(
                side.server().name(),
                report.updatesSent(),
                report.updatesReceived(),
                report.updatesRefused(),
                report.acksSent(),
                report.acksReceived(),
                report.transitionsToCommunicationsInterrupted(),
                report.transitionsToPartnerDown(),
                report.transitionsToRecover(),
                report.freeThis(),
                report.freePartner(),
                null,
                null);
    }
}
