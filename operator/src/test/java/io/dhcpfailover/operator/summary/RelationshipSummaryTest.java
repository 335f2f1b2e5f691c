package io.dhcpfailover.operator.summary;

import static io.dhcpfailover.operator.summary.Samples.NOW;
import static io.dhcpfailover.operator.summary.Samples.dhcp1;
import static io.dhcpfailover.operator.summary.Samples.dhcp2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.Condition.Status;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import io.dhcpfailover.operator.report.EventReason;
import io.dhcpfailover.operator.report.ObjectEvent;
import io.dhcpfailover.operator.report.ObjectEvent.Severity;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.validation.Judgement;
import io.dhcpfailover.operator.validation.Mistake;
import io.dhcpfailover.operator.validation.MistakeReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What kubectl shows of a relationship, in every situation. */
class RelationshipSummaryTest {

    private static final Duration THREE = Duration.ofMinutes(3);

    private static final DhcpFailoverRelationshipSpec BALANCE = Specs.pair("mode: LoadBalance");
    private static final DhcpFailoverRelationshipSpec STANDBY =
            Specs.pair("mode: HotStandby, activeServer: Secondary, reservePercent: 10, stateSwitchInterval: 1h");

    private static Judgement<DhcpFailoverRelationshipSpec> valid(DhcpFailoverRelationshipSpec spec) {
        return new Judgement<>(key(), List.of(), spec);
    }

    private static ObjectKey key() {
        return new ObjectKey("DhcpFailoverRelationship", "dhcp", "dhcp2-dhcp1");
    }

    private static RelationshipView view(
            DhcpFailoverRelationshipSpec spec,
            Samples primary,
            Samples secondary,
            @Nullable DhcpFailoverRelationshipStatus previous) {
        return new RelationshipView(
                Samples.RELATIONSHIP,
                3,
                spec,
                valid(spec),
                2,
                List.of(),
                primary.view(),
                secondary.view(),
                Remark.NONE,
                previous);
    }

    private static DhcpFailoverRelationshipStatus status(Samples primary, Samples secondary) {
        return RelationshipSummary.of(view(BALANCE, primary, secondary, null), NOW);
    }

    private static Condition condition(DhcpFailoverRelationshipStatus status, ConditionType type) {
        return Objects.requireNonNull(Conditions.find(status.conditions(), type), type.name());
    }

    static Stream<Arguments> situations() {
        FailoverState down = FailoverState.PartnerDown;
        return Stream.of(
                Arguments.of(
                        "Normal/Normal",
                        "Normal",
                        "dhcp1 answers 50 % of the clients, dhcp2 50 %",
                        BALANCE,
                        dhcp1(),
                        dhcp2()),
                Arguments.of(
                        "Normal/Normal",
                        "Normal",
                        "dhcp1 answers 100 % of the clients, dhcp2 0 %",
                        Specs.pair("loadBalancePercent: 100"),
                        dhcp1(),
                        dhcp2()),
                Arguments.of(
                        "Normal/Normal",
                        "Normal",
                        "dhcp2 answers all clients, dhcp1 stands by",
                        STANDBY,
                        dhcp1(),
                        dhcp2()),
                Arguments.of(
                        "CommunicationsInterrupted/Unknown",
                        "CommunicationsInterrupted",
                        "dhcp2 unreachable for 3m; dhcp1 serves all clients; new leases last 1h; PARTNER-DOWN by"
                                + " itself in 57m or with a DhcpFailoverAction",
                        Specs.pair("stateSwitchInterval: 1h"),
                        dhcp1().interrupted(THREE).switches(Duration.ofMinutes(57)),
                        dhcp2().unreachable(THREE)),
                Arguments.of(
                        "CommunicationsInterrupted/Unknown",
                        "CommunicationsInterrupted",
                        "dhcp2 unreachable for 3m; dhcp1 serves all clients; new leases last 1h; PARTNER-DOWN once its"
                                + " end is proved, or with a DhcpFailoverAction",
                        BALANCE,
                        dhcp1().interrupted(THREE),
                        dhcp2().unreachable(THREE)),
                Arguments.of(
                        "Unknown/CommunicationsInterrupted",
                        "CommunicationsInterrupted",
                        "dhcp1 unreachable for 2d; dhcp2 serves all clients; new leases last 1h; PARTNER-DOWN with a"
                                + " DhcpFailoverAction only",
                        Specs.pair("partnerDownOnProof: false"),
                        dhcp1().unreachable(Duration.ofHours(50)),
                        dhcp2().interrupted(Duration.ofHours(50))),
                Arguments.of(
                        "CommunicationsInterrupted/CommunicationsInterrupted",
                        "CommunicationsInterrupted",
                        "dhcp1 and dhcp2 do not hear each other for 3m; each serves all clients, new ones from its own"
                                + " addresses; new leases last 1h; let them reach each other's failoverPort by TCP",
                        BALANCE,
                        dhcp1().interrupted(THREE),
                        dhcp2().interrupted(THREE)),
                Arguments.of(
                        "Normal/Unknown",
                        "Unreachable",
                        "dhcp2 does not answer the operator for 3m, but dhcp1 is in touch with it and clients are"
                                + " answered: let the operator reach TCP port 9647 of dhcp2",
                        BALANCE,
                        dhcp1(),
                        dhcp2().unreachable(THREE)),
                Arguments.of(
                        "Unknown/Unknown",
                        "Unreachable",
                        "neither dhcp1 nor dhcp2 answers the operator for 3m: whether clients are answered is not"
                                + " known here; look at their pods and nodes",
                        BALANCE,
                        dhcp1().unreachable(Duration.ofHours(1)),
                        dhcp2().unreachable(THREE)),
                Arguments.of(
                        "PartnerDown/Unknown",
                        "PartnerDown",
                        "dhcp2 is taken for down; dhcp1 serves all clients, and gives dhcp2's free addresses as well"
                                + " in 42m; once dhcp2 is started it recovers by itself",
                        BALANCE,
                        dhcp1().in(down, Duration.ofMinutes(18)).unconnected().leadTime(Duration.ofMinutes(42)),
                        dhcp2().unreachable(Duration.ofMinutes(18))),
                Arguments.of(
                        "PartnerDown/Unknown",
                        "PartnerDown",
                        "dhcp2 is taken for down; dhcp1 serves all clients with all addresses; once dhcp2 is started"
                                + " it recovers by itself",
                        BALANCE,
                        dhcp1().in(down, Duration.ofHours(2)).unconnected(),
                        dhcp2().unreachable(Duration.ofHours(2))),
                Arguments.of(
                        "PartnerDown/CommunicationsInterrupted",
                        "Conflict",
                        "dhcp1 takes dhcp2 for down, and dhcp2 serves clients: an address can get two clients; stop"
                                + " dhcp2 or mend the link between them at once",
                        BALANCE,
                        dhcp1().in(down, THREE).unconnected(),
                        dhcp2().interrupted(THREE)),
                Arguments.of(
                        "PartnerDown/Recover",
                        "Recovering",
                        "dhcp2 gets all leases from dhcp1; dhcp1 serves all clients",
                        BALANCE,
                        dhcp1().in(down, THREE),
                        dhcp2().in(FailoverState.Recover, THREE)),
                Arguments.of(
                        "PartnerDown/RecoverWait",
                        "Recovering",
                        "dhcp2 has all leases and serves again in 12m (MCLT); dhcp1 serves all clients",
                        BALANCE,
                        dhcp1().in(down, THREE),
                        dhcp2().in(FailoverState.RecoverWait, THREE).leadTime(Duration.ofMinutes(12))),
                Arguments.of(
                        "Recover/Recover",
                        "Recovering",
                        "dhcp1 and dhcp2 learn from each other what leases there are",
                        BALANCE,
                        dhcp1().in(FailoverState.Recover, THREE),
                        dhcp2().in(FailoverState.Recover, THREE)),
                Arguments.of(
                        "Recover/Unknown",
                        "NobodyServes",
                        "dhcp1 needs dhcp2 to know all leases, and dhcp2 does not answer: nobody is served; start"
                                + " dhcp2, or where that is lost, create a DhcpFailoverAction PartnerDown with server:"
                                + " dhcp1",
                        BALANCE,
                        dhcp1().in(FailoverState.Recover, THREE).unconnected(),
                        dhcp2().unreachable(THREE)),
                Arguments.of(
                        "PotentialConflict/PotentialConflict",
                        "Conflict",
                        "dhcp1 and dhcp2 served on their own and compare their leases; this ends by itself, and takes"
                                + " seconds",
                        BALANCE,
                        dhcp1().in(FailoverState.PotentialConflict, THREE),
                        dhcp2().in(FailoverState.PotentialConflict, THREE)),
                Arguments.of(
                        "Shutdown/PartnerDown",
                        "Maintenance",
                        "dhcp1 is out of service by plan; dhcp2 serves all clients; back with a DhcpFailoverAction"
                                + " EndMaintenance",
                        BALANCE,
                        dhcp1().in(FailoverState.Shutdown, THREE),
                        dhcp2().in(down, THREE)),
                Arguments.of(
                        "Startup/CommunicationsInterrupted",
                        "Starting",
                        "dhcp1 starts",
                        BALANCE,
                        dhcp1().in(FailoverState.Startup, Duration.ofSeconds(2)),
                        dhcp2().interrupted(THREE)),
                Arguments.of(
                        "CommunicationsInterrupted/CommunicationsInterrupted",
                        "AuthenticationFailed",
                        "let them reach each other's failoverPort by TCP; dhcp2: messages of dhcp1 are not authentic:"
                                + " give both the same secret",
                        BALANCE,
                        dhcp1().interrupted(THREE),
                        dhcp2().interrupted(THREE)
                                .problem(
                                        "AuthenticationFailed",
                                        "dhcp2-dhcp1",
                                        "messages of dhcp1 are not authentic: give both the same secret")));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("situations")
    void aSituationIsSaidSoThatAPersonCanAct(
            String state,
            String reason,
            String message,
            DhcpFailoverRelationshipSpec spec,
            Samples primary,
            Samples secondary) {
        DhcpFailoverRelationshipStatus status = RelationshipSummary.of(view(spec, primary, secondary, null), NOW);

        assertThat(status.state()).isEqualTo(state);
        Condition ready = condition(status, ConditionType.Ready);
        assertThat(ready.message()).contains(message);
        assertThat(ready.reason()).isEqualTo(reason);
        assertThat(ready.status()).isEqualTo(reason.equals("Normal") ? Status.True : Status.False);
        assertThat(condition(status, ConditionType.Degraded).status())
                .isEqualTo(reason.equals("Normal") ? Status.False : Status.True);
    }

    @Test
    void itIsEmptyUntilItsFirstScope() {
        RelationshipView full = view(BALANCE, dhcp1(), dhcp2(), null);
        RelationshipView empty = new RelationshipView(
                full.name(),
                1,
                BALANCE,
                full.judgement(),
                0,
                List.of(),
                full.primary(),
                full.secondary(),
                Remark.NONE,
                null);
        DhcpFailoverRelationshipStatus status = RelationshipSummary.of(empty, NOW);

        assertThat(status.state()).isEqualTo("Empty");
        assertThat(status.since()).isEqualTo(NOW);
        assertThat(condition(status, ConditionType.Ready).message())
                .isEqualTo("no scopes yet: set failoverRelationship: dhcp2-dhcp1 in a DhcpScope");
        assertThat(condition(status, ConditionType.Ready).status()).isEqualTo(Status.True);
    }

    @Test
    void everyConditionIsThereWhenAllIsWell() {
        assertThat(status(dhcp1(), dhcp2()).conditions())
                .extracting(Condition::type, Condition::status)
                .containsExactly(
                        tuple("Ready", Status.True),
                        tuple("PartnersConnected", Status.True),
                        tuple("ClocksInSync", Status.True),
                        tuple("ScopesInSync", Status.True),
                        tuple("PoolsBalanced", Status.True),
                        tuple("ConfigurationValid", Status.True),
                        tuple("Degraded", Status.False));
    }

    @Test
    void whatHoldsIsShownWithTheDefaultsOfItsMode() {
        assertThat(RelationshipSummary.of(view(STANDBY, dhcp1(), dhcp2(), null), NOW)
                        .effective())
                .isEqualTo(new DhcpFailoverRelationshipStatus.Effective(
                        Mode.HotStandby, null, ServerRole.Secondary, 10, Duration.ofHours(1), Duration.ofHours(1)));
        assertThat(status(dhcp1(), dhcp2()).effective())
                .isEqualTo(new DhcpFailoverRelationshipStatus.Effective(
                        Mode.LoadBalance, 50, null, null, Duration.ofHours(1), null));
    }

    @Test
    void timesMoveOnlyWithAChange() {
        DhcpFailoverRelationshipStatus first = status(dhcp1(), dhcp2());
        Instant later = NOW.plusSeconds(100);
        DhcpFailoverRelationshipStatus same = RelationshipSummary.of(
                view(BALANCE, dhcp1().in(FailoverState.Normal, Duration.ofHours(1)), dhcp2(), first), later);
        DhcpFailoverRelationshipStatus other = RelationshipSummary.of(
                view(BALANCE, dhcp1().interrupted(Duration.ZERO), dhcp2().unreachable(Duration.ZERO), first), later);

        assertThat(first.since()).isEqualTo(NOW.minus(Duration.ofHours(5)));
        assertThat(same.since()).isEqualTo(first.since());
        assertThat(same.conditions()).isEqualTo(first.conditions());
        assertThat(other.since()).isEqualTo(NOW);
        assertThat(condition(other, ConditionType.Ready).lastTransitionTime()).isEqualTo(later);
        assertThat(condition(other, ConditionType.ConfigurationValid).lastTransitionTime())
                .isEqualTo(NOW);
    }

    @Test
    void clocksAreToldBeforeFailoverEnds() {
        assertThat(condition(status(dhcp1().ahead(29_000), dhcp2()), ConditionType.ClocksInSync)
                        .reason())
                .isEqualTo("InSync");
        assertThat(condition(status(dhcp1().ahead(-31_000), dhcp2()), ConditionType.ClocksInSync))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.True, "ClocksDrift");
        assertThat(condition(status(dhcp1().ahead(61_000), dhcp2()), ConditionType.ClocksInSync))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.False, "ClocksApart");
    }

    @Test
    void poolsAreJudgedByTheShareThatIsAsked() {
        assertThat(condition(status(dhcp1().free(55, 25), dhcp2()), ConditionType.PoolsBalanced)
                        .status())
                .isEqualTo(Status.True);
        assertThat(condition(status(dhcp1().free(75, 5), dhcp2()), ConditionType.PoolsBalanced)
                        .status())
                .isEqualTo(Status.False);
        assertThat(condition(
                                RelationshipSummary.of(
                                        view(Specs.pair("loadBalancePercent: 100"), dhcp1().free(75, 5), dhcp2(), null),
                                        NOW),
                                ConditionType.PoolsBalanced)
                        .status())
                .isEqualTo(Status.True);
        assertThat(condition(status(dhcp1().interrupted(THREE), dhcp2()), ConditionType.PoolsBalanced)
                        .status())
                .isEqualTo(Status.Unknown);
    }

    @Test
    void scopesOutOfSyncAreNamed() {
        RelationshipView well = view(BALANCE, dhcp1(), dhcp2(), null);
        DhcpFailoverRelationshipStatus status = RelationshipSummary.of(
                new RelationshipView(
                        well.name(),
                        1,
                        BALANCE,
                        well.judgement(),
                        9,
                        List.of("a", "b", "c", "d", "e", "f", "g"),
                        well.primary(),
                        well.secondary(),
                        Remark.NONE,
                        null),
                NOW);

        assertThat(status.scopesInSync()).isEqualTo(2);
        assertThat(condition(status, ConditionType.ScopesInSync).message())
                .isEqualTo(
                        "not every server serves as asked: a, b, c, d, e and 2 more; their condition InSync says which"
                                + " and why");
    }

    @Test
    void aMistakeThatKeepsItFromBeingSetUpIsItsMessage() {
        RelationshipView well = view(BALANCE, dhcp1(), dhcp2(), null);
        Judgement<DhcpFailoverRelationshipSpec> judgement = new Judgement<>(
                key(), List.of(new Mistake(MistakeReason.UnknownServer, null, "there is no dhcp3")), null);
        DhcpFailoverRelationshipStatus status = RelationshipSummary.of(
                new RelationshipView(
                        well.name(),
                        1,
                        BALANCE,
                        judgement,
                        0,
                        List.of(),
                        well.primary(),
                        well.secondary(),
                        Remark.NONE,
                        null),
                NOW);

        assertThat(condition(status, ConditionType.Ready).message())
                .isEqualTo("there is no dhcp3. Meanwhile it is not set up, and nobody serves its scopes");
        assertThat(condition(status, ConditionType.ConfigurationValid).reason()).isEqualTo("UnknownServer");
    }

    @Test
    void whatIsKnownOfAnEndIsSaid() {
        RelationshipView apart = remarked(new Remark("not proved: its node is not heard", null));

        assertThat(condition(RelationshipSummary.of(apart, NOW), ConditionType.Ready)
                        .message())
                .isEqualTo(
                        "dhcp2 unreachable for 3m; dhcp1 serves all clients; new leases last 1h; PARTNER-DOWN once its"
                                + " end is proved, or with a DhcpFailoverAction; not proved: its node is not heard");
    }

    @Test
    void aRolloutThatStoppedIsWhatIsWrong() {
        DhcpFailoverRelationshipStatus status =
                RelationshipSummary.of(remarked(new Remark(null, "dhcp2 has not come back for 2h")), NOW);

        assertThat(condition(status, ConditionType.Degraded).reason()).isEqualTo("RolloutStopped");
        assertThat(condition(status, ConditionType.Degraded).message())
                .startsWith("dhcp2 has not come back for 2h; dhcp2 unreachable for 3m");
    }

    private static RelationshipView remarked(Remark remark) {
        RelationshipView apart = view(BALANCE, dhcp1().interrupted(THREE), dhcp2().unreachable(THREE), null);
        return new RelationshipView(
                apart.name(),
                1,
                BALANCE,
                apart.judgement(),
                2,
                List.of(),
                apart.primary(),
                apart.secondary(),
                remark,
                null);
    }

    /** ISC dhcpd has no management API: its state is what its partner hears. */
    @Test
    void anExternalPartnerIsSeenByTheOther() {
        assertThat(status(dhcp1().outside(), dhcp2()).state()).isEqualTo("Normal/Normal");
        assertThat(status(dhcp1().outside(), dhcp2().interrupted(THREE)).state())
                .isEqualTo("Unknown/CommunicationsInterrupted");
    }

    @Test
    void leavingNormalIsAWarningAndComingBackIsNot() {
        DhcpFailoverRelationshipStatus normal = status(dhcp1(), dhcp2());
        DhcpFailoverRelationshipStatus cut = RelationshipSummary.of(
                view(BALANCE, dhcp1().interrupted(Duration.ZERO), dhcp2().unreachable(Duration.ZERO), normal), NOW);
        DhcpFailoverRelationshipStatus down = RelationshipSummary.of(
                view(
                        BALANCE,
                        dhcp1().in(FailoverState.PartnerDown, Duration.ZERO).unconnected(),
                        dhcp2().unreachable(Duration.ZERO),
                        cut),
                NOW);
        DhcpFailoverRelationshipStatus recovering = RelationshipSummary.of(
                view(
                        BALANCE,
                        dhcp1().in(FailoverState.PartnerDown, Duration.ZERO),
                        dhcp2().in(FailoverState.Recover, Duration.ZERO),
                        down),
                NOW);
        DhcpFailoverRelationshipStatus again = RelationshipSummary.of(view(BALANCE, dhcp1(), dhcp2(), recovering), NOW);

        assertThat(events(normal, cut))
                .containsExactly(
                        "Warning FailoverStateChange dhcp1 (Primary): Normal → CommunicationsInterrupted",
                        "Warning CommunicationDown dhcp1 and dhcp2 have no session");
        assertThat(events(cut, down))
                .containsExactly(
                        "Warning FailoverStateChange dhcp1 (Primary): CommunicationsInterrupted → PartnerDown");
        assertThat(events(down, recovering))
                .containsExactly(
                        "Warning FailoverStateChange dhcp2 (Secondary): Normal → Recover",
                        "Normal CommunicationUp dhcp1 and dhcp2 have a session");
        assertThat(events(recovering, again))
                .containsExactly(
                        "Normal FailoverStateChange dhcp1 (Primary): PartnerDown → Normal",
                        "Normal FailoverStateChange dhcp2 (Secondary): Recover → Normal");
        assertThat(events(again, again)).isEmpty();
        assertThat(events(null, normal)).isEmpty();
    }

    private static List<String> events(
            @Nullable DhcpFailoverRelationshipStatus before, DhcpFailoverRelationshipStatus after) {
        return RelationshipEvents.between(before, after).stream()
                .map(event -> event.severity() + " " + event.reason() + " " + event.message())
                .toList();
    }

    @Test
    void aChangeOfWhatHoldsIsToldWithOldAndNew() {
        DhcpFailoverRelationshipStatus before = status(dhcp1(), dhcp2());
        DhcpFailoverRelationshipStatus after = RelationshipSummary.of(view(STANDBY, dhcp1(), dhcp2(), before), NOW);

        assertThat(events(before, after))
                .containsExactly(
                        "Normal ConfigurationChanged mode LoadBalance → HotStandby, loadBalancePercent 50 → none,"
                                + " activeServer none → Secondary, reservePercent none → 10, stateSwitchInterval none →"
                                + " 1h");
    }

    @Test
    void clocksAndStrangersAreEventsOnce() {
        DhcpFailoverRelationshipStatus well = status(dhcp1(), dhcp2());
        DhcpFailoverRelationshipStatus skewed =
                RelationshipSummary.of(view(BALANCE, dhcp1().ahead(70_000), dhcp2(), well), NOW);
        DhcpFailoverRelationshipStatus strange = RelationshipSummary.of(
                view(BALANCE, dhcp1().problem("AuthenticationFailed", "dhcp2-dhcp1", "not authentic"), dhcp2(), well),
                NOW);

        assertThat(RelationshipEvents.between(well, skewed))
                .extracting(ObjectEvent::severity, ObjectEvent::reason)
                .containsExactly(tuple(Severity.Warning, EventReason.TimeOutOfSync));
        assertThat(RelationshipEvents.between(skewed, skewed)).isEmpty();
        assertThat(RelationshipEvents.between(well, strange))
                .extracting(ObjectEvent::severity, ObjectEvent::reason)
                .containsExactly(tuple(Severity.Warning, EventReason.AuthenticationFailed));
    }

    @Test
    void scopesThatComeAndGoAreEvents() {
        assertThat(RelationshipEvents.scopes(Set.of("a", "b"), Set.of("b", "c")))
                .extracting(ObjectEvent::reason, ObjectEvent::message)
                .containsExactly(
                        tuple(EventReason.ScopeAdded, "DhcpScope c is served by both servers from now on"),
                        tuple(EventReason.ScopeRemoved, "DhcpScope a has left"));
    }

    @Test
    void figuresAreNoNews() {
        DhcpFailoverRelationshipStatus first = status(dhcp1(), dhcp2());
        DhcpFailoverRelationshipStatus counted =
                RelationshipSummary.of(view(BALANCE, dhcp1().updates(500, 7).pending(3), dhcp2(), first), NOW);
        DhcpFailoverRelationshipStatus cut =
                RelationshipSummary.of(view(BALANCE, dhcp1().interrupted(Duration.ZERO), dhcp2(), first), NOW);

        assertThat(Change.between(null, first)).isEqualTo(Change.SUBSTANCE);
        assertThat(Change.between(first, first)).isEqualTo(Change.NONE);
        assertThat(Change.between(first, counted)).isEqualTo(Change.FIGURES);
        assertThat(Change.between(first, cut)).isEqualTo(Change.SUBSTANCE);
    }

    /** Of one that is not heard, the last known state is kept, so that its next one is an event. */
    @Test
    void aServerThatIsNotHeardKeepsItsLastState() {
        DhcpFailoverRelationshipStatus normal = status(dhcp1(), dhcp2());
        DhcpFailoverRelationshipStatus away = RelationshipSummary.of(
                view(BALANCE, dhcp1().interrupted(THREE), dhcp2().unreachable(THREE), normal), NOW);
        DhcpFailoverRelationshipStatus still = RelationshipSummary.of(
                view(BALANCE, dhcp1().interrupted(THREE), dhcp2().unreachable(THREE), away), NOW);

        assertThat(still.servers().getLast().state()).isNull();
        assertThat(still.servers().getLast().previousState()).isEqualTo(FailoverState.Normal);
        assertThat(still).isEqualTo(away);
    }
}
