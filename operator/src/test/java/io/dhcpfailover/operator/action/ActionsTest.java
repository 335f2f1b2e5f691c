package io.dhcpfailover.operator.action;

import static io.dhcpfailover.operator.summary.Samples.NOW;
import static io.dhcpfailover.operator.summary.Samples.dhcp1;
import static io.dhcpfailover.operator.summary.Samples.dhcp2;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionStatus;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionStatus.Phase;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.summary.Samples;
import io.dhcpfailover.operator.summary.ServerView;
import io.dhcpfailover.operator.summary.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each action from its beginning to its end, as the operator leads it. */
class ActionsTest {

    private static final ObjectName ONE = new ObjectName("dhcp1");
    private static final ObjectName TWO = new ObjectName("dhcp2");
    private static final ObjectName OFFICE = new ObjectName("office");
    private static final ObjectName GUEST = new ObjectName("guest");
    private static final DhcpFailoverRelationshipSpec PAIR = Specs.pair("mode: LoadBalance");
    private static final String DOWN = "action: PartnerDown, relationship: dhcp2-dhcp1, server: dhcp1";

    private @Nullable DhcpFailoverActionStatus status;
    private @Nullable String refused;
    private boolean resumed;
    private Instant now = NOW;

    /** One look at an action; its status is kept for the next, as in the cluster. */
    private Decision look(String spec, Samples primary, Samples secondary) {
        ServerView one = primary.view();
        ServerView two = secondary.view();
        ActionView view = new ActionView(
                Specs.action(spec),
                status,
                NOW,
                Map.of(Samples.RELATIONSHIP, PAIR),
                Map.of(ONE, one, TWO, two),
                Map.of(Samples.RELATIONSHIP, List.of(GUEST, OFFICE)),
                resumed,
                refused);
        Decision decision = Actions.next(view, now);
        status = Actions.status(decision, status, 1L, now);
        return decision;
    }

    /** The operator has ended after it wrote the record, and another one looks. */
    private Decision lookAgain(String spec, Samples primary, Samples secondary) {
        resumed = true;
        Decision decision = look(spec, primary, secondary);
        resumed = false;
        return decision;
    }

    private void later(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private static Samples alone() {
        return dhcp1().interrupted(Duration.ofMinutes(3));
    }

    private static Samples away() {
        return dhcp2().unreachable(Duration.ofMinutes(3));
    }

    private static Samples down() {
        return dhcp1().in(FailoverState.PartnerDown, Duration.ZERO)
                .unconnected()
                .leadTime(Duration.ofHours(1));
    }

    @Test
    void partnerDownIsToldOnceAndIsDoneWhenTheServerSaysSo() {
        Decision first = look(DOWN + ", partnerLastSeen: '2026-11-21T11:00:00Z'", alone(), away());
        assertThat(first.phase()).isEqualTo(Phase.Running);
        assertThat(first.commands())
                .containsExactly(
                        new Command.DeclareDown(ONE, Samples.RELATIONSHIP, Instant.parse("2026-11-21T11:00:00Z")));

        later(1);
        Decision second = look(DOWN, alone(), away());
        assertThat(second.phase()).isEqualTo(Phase.Running);
        assertThat(second.commands()).isEmpty();

        later(1);
        Decision third = look(DOWN, down(), away());
        assertThat(third.phase()).isEqualTo(Phase.Succeeded);
        assertThat(third.message()).isEqualTo("dhcp1 takes dhcp2 for down, and serves all clients");
        assertThat(third.details()).containsEntry("allAddressesFrom", "2026-11-21T13:00:00Z");
    }

    @Test
    void whatAnOperatorRecordedAndMayNotHaveDoneIsDoneByTheNext() {
        List<Command> told = look(DOWN, alone(), away()).commands();
        later(10);

        assertThat(lookAgain(DOWN, alone(), away()).commands()).isEqualTo(told);
        assertThat(look(DOWN, alone(), away()).commands()).isEmpty();
        assertThat(lookAgain(DOWN, down(), away()).phase()).isEqualTo(Phase.Succeeded);
    }

    @Test
    void aPartnerThatReturnedWhileNoOperatorLookedIsNotTakenForDown() {
        look(DOWN, alone(), away());
        later(10);

        assertThat(lookAgain(DOWN, dhcp1(), dhcp2()).phase()).isEqualTo(Phase.Failed);
    }

    /** Also where the pair went back to NORMAL and lost each other again. */
    @Test
    void whatHasEndedIsNeverDoneAgain() {
        look(DOWN, alone(), away());
        look(DOWN, down(), away());
        DhcpFailoverActionStatus ended = Objects.requireNonNull(status);
        later(3600);

        Decision again = look(DOWN, alone(), away());
        assertThat(again.commands()).isEmpty();
        assertThat(status).isEqualTo(ended);
    }

    @Test
    void aPartnerThatIsInTouchIsNotDown() {
        assertThat(look(DOWN, dhcp1(), dhcp2()).message())
                .isEqualTo("dhcp2 is in touch with dhcp1: it is not down; stop it first, by StartMaintenance");
        assertThat(Objects.requireNonNull(status).phase()).isEqualTo(Phase.Failed);
    }

    @Test
    void aPartnerThatServesIsNotDown() {
        assertThat(look(DOWN, alone(), dhcp2().interrupted(Duration.ofMinutes(3)))
                        .message())
                .isEqualTo("dhcp2 answers the operator and serves clients: an address could get two clients; stop it"
                        + " first, by StartMaintenance or with its node, or mend the link between the two");
    }

    @Test
    void aPartnerThatIsOutOfServiceByPlanMayBeTakenForDown() {
        Decision decision = look(
                DOWN,
                alone(),
                dhcp2().in(FailoverState.Shutdown, Duration.ofMinutes(1))
                        .unconnected()
                        .inMaintenance());

        assertThat(decision.commands()).hasSize(1);
    }

    @Test
    void whatAServerRefusesIsSaidInItsWords() {
        look(DOWN, alone(), away());
        refused = "a server in RECOVER_WAIT cannot serve alone";

        assertThat(look(DOWN, alone(), away()).message())
                .isEqualTo("dhcp1 refused: a server in RECOVER_WAIT cannot serve alone");
        assertThat(Objects.requireNonNull(status).phase()).isEqualTo(Phase.Failed);
    }

    @Test
    void aRequestIsNotCarriedOutLongAfterItWasMade() {
        assertThat(look(DOWN, alone().unreachable(Duration.ZERO), away()).phase())
                .isEqualTo(Phase.Pending);
        later(121);

        Decision late = look(DOWN, alone().unreachable(Duration.ZERO), away());
        assertThat(late.phase()).isEqualTo(Phase.Failed);
        assertThat(late.message())
                .isEqualTo("dhcp1 does not answer the operator: given up; create another action if it is still needed");
    }

    @Test
    void whatAnActionNamesMustExistAndBelongTogether() {
        assertThat(look("action: Drill, relationship: typo", dhcp1(), dhcp2()).message())
                .startsWith("spec.relationship: there is no valid DhcpFailoverRelationship typo in this namespace");
        status = null;
        assertThat(look("action: StartMaintenance, server: dhcp3", dhcp1(), dhcp2())
                        .message())
                .isEqualTo("there is no DhcpServer dhcp3 in this namespace");
        status = null;
        assertThat(look("action: Resync, relationship: dhcp2-dhcp1, server: dhcp1", dhcp1().outside(), dhcp2())
                        .message())
                .isEqualTo("dhcp1 is external: the operator cannot tell it anything; tell it there");
        status = null;
        assertThat(look(DOWN + ", partnerLastSeen: '2026-11-21T13:00:00Z'", alone(), away())
                        .message())
                .isEqualTo("spec.partnerLastSeen: 2026-11-21T13:00:00Z is not over yet");
        status = null;
        assertThat(look("action: ReplicateScopes, relationship: dhcp2-dhcp1, scopes: [lab]", dhcp1(), dhcp2())
                        .message())
                .isEqualTo("spec.scopes: lab is not a scope of dhcp2-dhcp1");
    }

    @Test
    void scopesAreCopiedFromTheSideThatWinsAndTheRecordSaysWhatWas() {
        String spec = "action: ReplicateScopes, relationship: dhcp2-dhcp1, from: dhcp2";
        Samples one = dhcp1().scope("office", 3, "old", 1);
        Samples two = dhcp2().scope("office", 4, "new", 1).scope("guest", 1, "g", 1);

        Decision first = look(spec, one, two);
        assertThat(first.commands()).containsExactly(new Command.Replicate(TWO, ONE, List.of(GUEST, OFFICE)));
        assertThat(first.details())
                .containsEntry("dhcp1.office", "was generation 3, hash old")
                .containsEntry("dhcp1.guest", "was missing")
                .containsEntry("overwritten", "2");

        later(1);
        Decision half = look(spec, dhcp1().scope("office", 4, "new", 1), two);
        assertThat(half.message()).isEqualTo("not the same yet: guest");
        assertThat(half.commands()).isEmpty();

        later(1);
        Decision done = look(spec, dhcp1().scope("office", 4, "new", 1).scope("guest", 1, "g", 1), two);
        assertThat(done.phase()).isEqualTo(Phase.Succeeded);
        assertThat(done.message()).isEqualTo("2 scopes are the same on both servers");
        assertThat(done.details()).containsEntry("overwritten", "2");
    }

    @Test
    void oneScopeIsCopiedFromThePrimaryWhereNothingElseIsSaid() {
        Decision first = look(
                "action: ReplicateScopes, relationship: dhcp2-dhcp1, scopes: [office]",
                dhcp1().scope("office", 4, "new", 1),
                dhcp2());

        assertThat(first.commands()).containsExactly(new Command.Replicate(ONE, TWO, List.of(OFFICE)));
    }

    @Test
    void allScopesOfAServerGoToItsPartners() {
        Decision first = look(
                "action: ReplicateScopes, server: dhcp2",
                dhcp1(),
                dhcp2().scope("office", 4, "new", 1).scope("guest", 1, "g", 1));

        assertThat(first.commands()).containsExactly(new Command.Replicate(TWO, ONE, List.of(GUEST, OFFICE)));
    }

    @Test
    void copyingWaitsForAServerThatIsAway() {
        String spec = "action: ReplicateScopes, relationship: dhcp2-dhcp1";
        assertThat(look(spec, dhcp1(), away()).phase()).isEqualTo(Phase.Pending);
        later(301);
        assertThat(look(spec, dhcp1(), away()).message())
                .isEqualTo("dhcp2 does not answer the operator: given up after 5m");
        assertThat(Objects.requireNonNull(status).phase()).isEqualTo(Phase.Failed);
    }

    @Test
    void maintenanceHandsEverythingOverBeforeItHasSucceeded() {
        String spec = "action: StartMaintenance, server: dhcp2";
        assertThat(look(spec, dhcp1(), dhcp2()).commands()).containsExactly(new Command.StartMaintenance(TWO));
        later(1);
        assertThat(look(spec, dhcp1(), dhcp2()).message()).isEqualTo("dhcp2 still serves clients");
        later(1);
        assertThat(look(spec, dhcp1(), dhcp2().inMaintenance().pending(7)).message())
                .isEqualTo("its partner has to acknowledge more updates of dhcp2-dhcp1");
        later(1);
        assertThat(look(spec, dhcp1(), dhcp2().inMaintenance()).message())
                .isEqualTo("dhcp1 has not taken over yet: it is in Normal");
        later(1);
        Decision done = look(spec, down(), dhcp2().inMaintenance());
        assertThat(done.phase()).isEqualTo(Phase.Succeeded);
        assertThat(done.details()).containsEntry("handedOverAfter", "4s");
    }

    @Test
    void maintenanceThatIsResumedIsToldAgainWhereTheServerShowsNothingOfIt() {
        String start = "action: StartMaintenance, server: dhcp2";
        look(start, dhcp1(), dhcp2());
        later(10);
        assertThat(lookAgain(start, dhcp1(), dhcp2()).commands()).containsExactly(new Command.StartMaintenance(TWO));
        assertThat(lookAgain(start, dhcp1(), dhcp2().inMaintenance()).commands())
                .isEmpty();

        status = null;
        String end = "action: EndMaintenance, server: dhcp2";
        look(end, down(), dhcp2().inMaintenance());
        later(10);
        assertThat(lookAgain(end, down(), dhcp2().inMaintenance()).commands())
                .containsExactly(new Command.EndMaintenance(TWO));
        assertThat(lookAgain(end, dhcp1(), dhcp2()).phase()).isEqualTo(Phase.Succeeded);
    }

    @Test
    void aDrillThatIsResumedGoesOnWhereItWas() {
        String spec = "action: Drill, relationship: dhcp2-dhcp1";
        look(spec, dhcp1(), dhcp2());
        later(10);
        assertThat(lookAgain(spec, dhcp1(), dhcp2()).commands()).containsExactly(new Command.StartMaintenance(ONE));

        look(spec, dhcp1().inMaintenance(), dhcp2().in(FailoverState.PartnerDown, Duration.ZERO));
        later(2);
        look(spec, dhcp1().inMaintenance(), away());
        later(10);
        assertThat(lookAgain(spec, dhcp1().inMaintenance(), away()).commands())
                .containsExactly(new Command.EndMaintenance(ONE));
    }

    @Test
    void scopesAreCopiedAndBindingsAskedForAgainByTheNextOperator() {
        Samples other = dhcp2().scope("office", 6, "old", 1);
        String copy = "action: ReplicateScopes, relationship: dhcp2-dhcp1, scopes: [office]";
        Decision first = look(copy, dhcp1().scope("office", 7, "new", 1), other);
        later(10);
        Decision again = lookAgain(copy, dhcp1().scope("office", 7, "new", 1), other);
        assertThat(again.commands()).isEqualTo(first.commands()).isNotEmpty();
        assertThat(again.details()).as("the record of what was overwritten").isEqualTo(first.details());

        status = null;
        String resync = "action: Resync, relationship: dhcp2-dhcp1, server: dhcp2";
        look(resync, dhcp1(), dhcp2());
        later(10);
        assertThat(lookAgain(resync, dhcp1(), dhcp2()).commands())
                .containsExactly(new Command.Resync(TWO, Samples.RELATIONSHIP));
    }

    @Test
    void maintenanceIsRefusedWhereNobodyWouldServe() {
        assertThat(look("action: StartMaintenance, server: dhcp1", alone(), away())
                        .message())
                .isEqualTo("dhcp2-dhcp1 is not in NORMAL: its clients would be served by nobody; wait until kubectl get"
                        + " dfr shows Normal/Normal");
    }

    @Test
    void theEndOfMaintenanceIsWhenBothAreInNormal() {
        String spec = "action: EndMaintenance, server: dhcp2";
        assertThat(look(spec, down(), away()).phase()).isEqualTo(Phase.Pending);
        assertThat(look(spec, down(), dhcp2().inMaintenance()).commands())
                .containsExactly(new Command.EndMaintenance(TWO));
        later(5);
        assertThat(look(
                                spec,
                                down(),
                                dhcp2().in(FailoverState.RecoverWait, Duration.ZERO)
                                        .leadTime(Duration.ofMinutes(30)))
                        .message())
                .isEqualTo("dhcp2-dhcp1 is not in NORMAL yet: dhcp2 is in RecoverWait, for 30m");
        later(25);
        Decision done = look(spec, dhcp1(), dhcp2());
        assertThat(done.phase()).isEqualTo(Phase.Succeeded);
        assertThat(done.details()).containsEntry("normalAfter", "30s");
    }

    @Test
    void normalThatDoesNotComeBackIsAFailure() {
        String spec = "action: EndMaintenance, server: dhcp2";
        look(spec, down(), dhcp2().inMaintenance());
        later(4201);

        assertThat(look(spec, down(), dhcp2().in(FailoverState.Recover, Duration.ZERO))
                        .message())
                .isEqualTo("dhcp2-dhcp1 is not in NORMAL yet: dhcp2 is in Recover: NORMAL did not come back");
    }

    @Test
    void resyncCountsWhatCame() {
        String spec = "action: Resync, relationship: dhcp2-dhcp1, server: dhcp2";
        assertThat(look(spec, dhcp1(), dhcp2().updates(0, 100)).commands())
                .containsExactly(new Command.Resync(TWO, Samples.RELATIONSHIP));
        later(1);
        assertThat(look(spec, dhcp1(), dhcp2().updates(0, 100)).phase()).isEqualTo(Phase.Running);
        later(9);
        assertThat(look(spec, dhcp1().pending(3), dhcp2().updates(0, 300)).phase())
                .isEqualTo(Phase.Running);
        later(1);
        Decision done = look(spec, dhcp1(), dhcp2().updates(0, 350));
        assertThat(done.phase()).isEqualTo(Phase.Succeeded);
        assertThat(done.details()).containsEntry("updatesReceived", "250");
    }

    @Test
    void aDrillIsAnOutageFromNormalToNormal() {
        String spec = "action: Drill, relationship: dhcp2-dhcp1";
        assertThat(look(spec, dhcp1(), dhcp2().leases(20).updates(10, 0)).commands())
                .containsExactly(new Command.StartMaintenance(ONE));
        later(2);
        Samples serving = dhcp2().in(FailoverState.PartnerDown, Duration.ZERO).unconnected();
        assertThat(look(spec, dhcp1().inMaintenance(), serving).message()).isEqualTo("dhcp2 serves all clients");
        later(59);
        assertThat(look(spec, dhcp1().inMaintenance(), serving).commands()).isEmpty();
        later(1);
        assertThat(look(
                                spec,
                                dhcp1().inMaintenance(),
                                serving.leases(25).updates(10, 0).pending(33))
                        .commands())
                .containsExactly(new Command.EndMaintenance(ONE));
        later(7);
        Decision done = look(spec, dhcp1(), dhcp2());
        assertThat(done.phase()).isEqualTo(Phase.Succeeded);
        assertThat(done.message()).isEqualTo("dhcp2 served all clients in place of dhcp1, and both are back in NORMAL");
        assertThat(done.details())
                .containsEntry("leasesBefore", "20")
                .containsEntry("leasesAtTheEnd", "25")
                .containsEntry("leasesGivenOrRenewedAlone", "33")
                .containsEntry("handedOverAfter", "2s")
                .containsEntry("normalAfter", "7s");
    }

    @Test
    void aDrillThatGoesWrongPutsTheServerBackFirst() {
        String spec = "action: Drill, relationship: dhcp2-dhcp1";
        look(spec, dhcp1(), dhcp2());
        later(2);
        look(spec, dhcp1().inMaintenance(), dhcp2().in(FailoverState.PartnerDown, Duration.ZERO));
        later(2);
        assertThat(look(spec, dhcp1().inMaintenance(), away()).commands())
                .containsExactly(new Command.EndMaintenance(ONE));
        later(2);
        Decision done = look(spec, dhcp1(), dhcp2());
        assertThat(done.phase()).isEqualTo(Phase.Failed);
        assertThat(done.message()).isEqualTo("dhcp2 was lost while it served alone; both are back in NORMAL");
    }

    @Test
    void noOutageIsRehearsedInOne() {
        assertThat(look("action: Drill, relationship: dhcp2-dhcp1", alone(), away())
                        .message())
                .isEqualTo("no outage is rehearsed in one: dhcp2 does not answer the operator");
        assertThat(Objects.requireNonNull(status).phase()).isEqualTo(Phase.Failed);
    }

    @Test
    void theRecordIsKeptForItsTime() {
        var spec = Specs.action(DOWN + ", ttlAfterFinished: 1h");
        assertThat(Actions.expiry(spec, null)).isNull();
        look(DOWN, alone(), away());
        assertThat(Actions.expiry(spec, status)).isNull();
        later(1);
        look(DOWN, down(), away());
        assertThat(Actions.expiry(spec, status)).isEqualTo(NOW.plusSeconds(3601));
        assertThat(Objects.requireNonNull(status).startedAt()).isEqualTo(NOW);
        assertThat(status.finishedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(status.conditions().getFirst().reason()).isEqualTo("Succeeded");
    }
}
