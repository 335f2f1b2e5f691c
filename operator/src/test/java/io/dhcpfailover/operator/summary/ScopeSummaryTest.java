package io.dhcpfailover.operator.summary;

import static io.dhcpfailover.operator.summary.Samples.NOW;
import static io.dhcpfailover.operator.summary.Samples.dhcp1;
import static io.dhcpfailover.operator.summary.Samples.dhcp2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.Condition.Status;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus.FreeAddresses;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus.Replica;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.validation.Judgement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What kubectl shows of a scope. */
class ScopeSummaryTest {

    private static final ObjectName OFFICE = new ObjectName("office");

    private static DhcpScopeSpec spec(DhcpScopeSpec.State state) {
        return Specs.scope("subnet: 192.0.2.0/24, ranges: [{start: 192.0.2.10, end: 192.0.2.109}],"
                + " failoverRelationship: dhcp2-dhcp1, state: " + state);
    }

    private static ScopeView view(
            Samples primary,
            Samples secondary,
            boolean manual,
            @Nullable String refused,
            @Nullable DhcpScopeStatus before) {
        DhcpScopeSpec spec = spec(DhcpScopeSpec.State.Active);
        return new ScopeView(
                OFFICE,
                4,
                spec,
                new Judgement<>(new ObjectKey("DhcpScope", "dhcp", "office"), List.of(), spec),
                manual,
                List.of(
                        new ReplicaView(primary.view(), "new", 4, null, null),
                        new ReplicaView(secondary.view(), "new", 4, refused, null)),
                before);
    }

    private static DhcpScopeStatus status(Samples primary, Samples secondary) {
        return ScopeSummary.of(view(primary, secondary, false, null, null), NOW);
    }

    private static Condition condition(DhcpScopeStatus status, ConditionType type) {
        return Objects.requireNonNull(Conditions.find(status.conditions(), type));
    }

    private static Samples one() {
        return dhcp1().scope("office", 4, "new", 30);
    }

    private static Samples two() {
        return dhcp2().scope("office", 4, "new", 30);
    }

    @Test
    void everyConditionIsThereWhenAllIsWell() {
        DhcpScopeStatus status = status(one(), two());

        assertThat(status.conditions())
                .extracting(Condition::type, Condition::status, Condition::message)
                .containsExactly(
                        tuple("Ready", Status.True, "dhcp1 and dhcp2 serve it"),
                        tuple("InSync", Status.True, "every server serves it as asked"),
                        tuple("Exhausted", Status.False, "new clients get an address"),
                        tuple("ConfigurationValid", Status.True, "it contradicts nothing that is asked elsewhere"));
        assertThat(status.replicas()).extracting(Replica::state).containsOnly(Replica.State.InSync);
    }

    /** Ready of a relationship is about both servers, Ready of a scope about its clients. */
    @Test
    void oneServerIsEnoughForClients() {
        assertThat(condition(
                                status(one().interrupted(Duration.ZERO), two().unreachable(Duration.ofMinutes(3))),
                                ConditionType.Ready)
                        .message())
                .isEqualTo("dhcp1 serves it");
        assertThat(condition(status(one().notAuthorized(), two()), ConditionType.Ready)
                        .message())
                .isEqualTo("dhcp2 serves it");
    }

    @Test
    void whyNobodyServesItIsSaid() {
        assertThat(condition(
                        status(
                                one().in(FailoverState.Recover, Duration.ZERO),
                                two().unreachable(Duration.ofMinutes(3))),
                        ConditionType.Ready))
                .extracting(Condition::status, Condition::message)
                .containsExactly(
                        Status.False,
                        "no server that answers the operator serves it: dhcp1 is in Recover, dhcp2 does not answer");
        assertThat(condition(status(one().notReady(), two().inMaintenance()), ConditionType.Ready)
                        .message())
                .endsWith("dhcp1 is not ready, dhcp2 is out of service by plan");
        assertThat(condition(status(dhcp1(), dhcp2()), ConditionType.Ready).message())
                .endsWith("dhcp1 does not have it yet, dhcp2 does not have it yet");
        assertThat(condition(
                                status(one().unreachable(Duration.ZERO), two().unreachable(Duration.ZERO)),
                                ConditionType.Ready)
                        .status())
                .isEqualTo(Status.Unknown);
    }

    @Test
    void anInactiveScopeAnswersNobodyAsAsked() {
        DhcpScopeSpec inactive = spec(DhcpScopeSpec.State.Inactive);
        ScopeView well = view(one(), two(), false, null, null);
        DhcpScopeStatus status = ScopeSummary.of(
                new ScopeView(
                        OFFICE,
                        4,
                        inactive,
                        new Judgement<>(well.judgement().key(), List.of(), inactive),
                        false,
                        well.replicas(),
                        null),
                NOW);

        assertThat(condition(status, ConditionType.Ready))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.False, "Inactive");
    }

    @Test
    void eachReplicaIsComparedToWhatIsAsked() {
        assertThat(replica(two())).isEqualTo(Replica.State.InSync);
        assertThat(replica(dhcp2())).isEqualTo(Replica.State.OutOfDate);
        assertThat(replica(dhcp2().scope("office", 3, "old", 30))).isEqualTo(Replica.State.OutOfDate);
        assertThat(replica(dhcp2().scope("office", 4, "edited", 30))).isEqualTo(Replica.State.Drifted);
        assertThat(replica(two().unreachable(Duration.ZERO))).isEqualTo(Replica.State.Unknown);
        assertThat(ScopeSummary.of(view(one(), dhcp2().scope("office", 3, "old", 30), false, "option 252", null), NOW)
                        .replicas()
                        .getLast()
                        .state())
                .isEqualTo(Replica.State.Refused);
    }

    private static Replica.State replica(Samples secondary) {
        return status(one(), secondary).replicas().getLast().state();
    }

    @Test
    void whatIsOutOfSyncIsSaidWithWhatToDo() {
        Samples old = dhcp2().scope("office", 3, "old", 30);
        assertThat(inSync(view(one(), old, false, null, null)))
                .isEqualTo("False OutOfDate dhcp2 serves generation 3 of 4");
        assertThat(inSync(view(one(), old, true, null, null)))
                .isEqualTo("False OutOfDate dhcp2 serves generation 3 of 4: replication is Manual, create a"
                        + " DhcpFailoverAction ReplicateScopes");
        assertThat(inSync(view(one(), old, false, "options.custom needs 0.2.0", null)))
                .isEqualTo(
                        "False Refused dhcp2 refused what is asked, and goes on with what it has: options.custom needs"
                                + " 0.2.0");
        assertThat(inSync(view(one(), two().unreachable(Duration.ZERO), false, null, null)))
                .isEqualTo("Unknown Unknown dhcp2 does not answer, and gets what is asked when it returns, before it"
                        + " serves");
        assertThat(inSync(view(one(), dhcp2().scope("office", 4, "edited", 30), false, null, null)))
                .isEqualTo("False Drifted dhcp2 serves something that nobody asked for here: somebody changed it there,"
                        + " and it is overwritten");
    }

    private static String inSync(ScopeView view) {
        Condition condition = condition(ScopeSummary.of(view, NOW), ConditionType.InSync);
        return condition.status() + " " + condition.reason() + " " + condition.message();
    }

    @Test
    void statisticsAreThoseOfTheOneThatKnowsMore() {
        DhcpScopeStatus.Statistics statistics = Objects.requireNonNull(
                status(one(), dhcp2().scope("office", 4, "new", 45)).statistics());

        assertThat(statistics.inUse()).isEqualTo(45);
        assertThat(statistics.free()).isEqualTo(45);
        assertThat(statistics.utilizationPercent()).isEqualTo(50);
        assertThat(statistics.servers())
                .containsExactly(
                        new FreeAddresses(new ObjectName("dhcp1"), 45L, 15L),
                        new FreeAddresses(new ObjectName("dhcp2"), 45L, 0L));
    }

    @Test
    void theEarliestForecastCounts() {
        ScopeReport late = report(30, 60, 5);
        ScopeReport early = report(30, 60, 2);

        assertThat(Objects.requireNonNull(status(dhcp1().scope(late), dhcp2().scope(early))
                                .statistics())
                        .exhaustionForecast())
                .isEqualTo(NOW.plus(Duration.ofHours(2)));
    }

    private static ScopeReport report(long used, long free, int hours) {
        return new ScopeReport(
                "office", 4, "new", NOW, 100, 10, 0, used, free, free / 2, free / 2, NOW.plus(Duration.ofHours(hours)));
    }

    /** What a server said last is shown until another says more. */
    @Test
    void statisticsStayWhileNobodyAnswers() {
        DhcpScopeStatus before = status(one(), two());
        DhcpScopeStatus after = ScopeSummary.of(
                view(one().unreachable(Duration.ZERO), two().unreachable(Duration.ZERO), false, null, before), NOW);

        assertThat(after.statistics()).isEqualTo(before.statistics());
    }

    @Test
    void anExhaustedPoolIsAnEventOnce() {
        DhcpScopeStatus before = status(one(), two());
        DhcpScopeStatus full = ScopeSummary.of(
                view(dhcp1().scope("office", 4, "new", 90), dhcp2().scope("office", 4, "new", 90), false, null, before),
                NOW);

        assertThat(condition(full, ConditionType.Exhausted).status()).isEqualTo(Status.True);
        assertThat(Objects.requireNonNull(full.statistics()).utilizationPercent())
                .isEqualTo(100);
        assertThat(events(before, full))
                .containsExactly(
                        "Warning PoolExhausted new clients get no address: add a range, shorten leaseDuration, or see"
                                + " who has them");
        assertThat(events(full, full)).isEmpty();
    }

    @Test
    void replicationAndDriftAreEvents() {
        DhcpScopeStatus old = status(dhcp1().scope("office", 3, "old", 30), dhcp2().scope("office", 3, "old", 30));
        DhcpScopeStatus half =
                ScopeSummary.of(view(one(), dhcp2().scope("office", 3, "old", 30), false, null, old), NOW);
        DhcpScopeStatus drifted =
                ScopeSummary.of(view(one(), dhcp2().scope("office", 4, "edited", 30), false, null, half), NOW);
        DhcpScopeStatus mended = ScopeSummary.of(view(one(), two(), false, null, drifted), NOW);

        assertThat(events(old, half)).containsExactly("Normal ScopeReplicated dhcp1 serves generation 4 of it");
        assertThat(events(half, drifted))
                .containsExactly("Warning DriftDetected dhcp2 serves something that nobody asked for here");
        assertThat(events(drifted, mended)).containsExactly("Normal ScopeReplicated dhcp2 serves generation 4 of it");
        assertThat(events(mended, mended)).isEmpty();
    }

    private static List<String> events(@Nullable DhcpScopeStatus before, DhcpScopeStatus after) {
        return ScopeEvents.between(before, after).stream()
                .map(event -> event.severity() + " " + event.reason() + " " + event.message())
                .toList();
    }

    @Test
    void leasesThatComeAndGoAreNoNews() {
        DhcpScopeStatus first = status(one(), two());

        assertThat(Change.between(
                        first, status(dhcp1().scope("office", 4, "new", 31), dhcp2().scope("office", 4, "new", 31))))
                .isEqualTo(Change.FIGURES);
        assertThat(Change.between(first, status(one(), two()))).isEqualTo(Change.NONE);
        assertThat(Change.between(first, status(one(), dhcp2().scope("office", 3, "old", 30))))
                .isEqualTo(Change.SUBSTANCE);
    }

    @Test
    void whomAScopeWaitsForIsNamed() {
        DhcpScopeSpec spec = spec(DhcpScopeSpec.State.Active);
        ScopeView waiting = new ScopeView(
                OFFICE,
                4,
                spec,
                new Judgement<>(new ObjectKey("DhcpScope", "dhcp", "office"), List.of(), spec),
                false,
                List.of(new ReplicaView(
                        dhcp1().scope("office", 3, "old", 30).view(), "new", 4, null, "dhcp2 still serves it")),
                null);

        assertThat(condition(ScopeSummary.of(waiting, NOW), ConditionType.InSync)
                        .message())
                .isEqualTo("dhcp1 does not get it yet: dhcp2 still serves it");
    }
}
