package io.dhcpfailover.node.failover;

import static io.dhcpfailover.node.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.dhcpfailover.node.failover.ServerState.CONFLICT_DONE;
import static io.dhcpfailover.node.failover.ServerState.NORMAL;
import static io.dhcpfailover.node.failover.ServerState.PARTNER_DOWN;
import static io.dhcpfailover.node.failover.ServerState.PAUSED;
import static io.dhcpfailover.node.failover.ServerState.POTENTIAL_CONFLICT;
import static io.dhcpfailover.node.failover.ServerState.RECOVER;
import static io.dhcpfailover.node.failover.ServerState.RECOVER_DONE;
import static io.dhcpfailover.node.failover.ServerState.RECOVER_WAIT;
import static io.dhcpfailover.node.failover.ServerState.RESOLUTION_INTERRUPTED;
import static io.dhcpfailover.node.failover.ServerState.SHUTDOWN;
import static io.dhcpfailover.node.failover.ServerState.STARTUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.FailoverEvent.Connected;
import io.dhcpfailover.node.failover.FailoverEvent.DeclaredDown;
import io.dhcpfailover.node.failover.FailoverEvent.Heard;
import io.dhcpfailover.node.failover.FailoverEvent.LinkLost;
import io.dhcpfailover.node.failover.FailoverEvent.ProvedDown;
import io.dhcpfailover.node.failover.FailoverEvent.Resumed;
import io.dhcpfailover.node.failover.FailoverEvent.ResyncAsked;
import io.dhcpfailover.node.failover.FailoverEvent.SafePeriodOver;
import io.dhcpfailover.node.failover.FailoverEvent.StartupOver;
import io.dhcpfailover.node.failover.FailoverEvent.Stopping;
import io.dhcpfailover.node.failover.FailoverEvent.StoreLost;
import io.dhcpfailover.node.failover.FailoverEvent.UpdatesDone;
import io.dhcpfailover.node.failover.FailoverEvent.WaitOver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One server, event by event. */
class StateMachineTest {

    private static final long NOW = 1_795_235_731;
    private static final long MCLT = 3_600;

    @ParameterizedTest
    @EnumSource(ServerRole.class)
    void everyEventIsDefinedInEveryState(ServerRole role) {
        for (PartnerKind partnerKind : PartnerKind.values()) {
            for (ServerState mine : keptStates()) {
                for (@Nullable ServerState partner : partners()) {
                    for (int bits = 0; bits < 16; bits++) {
                        boolean linked = (bits & 1) != 0;
                        RelationshipState kept = kept(mine, partner, (bits & 2) != 0);
                        Standing standing = new Standing(
                                kept, !linked && (bits & 4) != 0, linked, linked, (bits & 8) != 0, false, NOW);
                        for (FailoverEvent event : events()) {
                            Decision decision =
                                    StateMachine.decide(relationship(role, partnerKind), standing, event, NOW);

                            assertThat(decision.durable())
                                    .isEqualTo(!decision.next().kept().equals(kept));
                            assertThat(decision.next().startup()
                                            && decision.next().linked())
                                    .isFalse();
                        }
                        StateMachine.start(kept, NOW, NOW);
                    }
                }
            }
        }
    }

    private static List<FailoverEvent> events() {
        List<FailoverEvent> events = new ArrayList<>(List.of(
                new Connected(),
                new LinkLost(NOW),
                new SafePeriodOver(),
                new DeclaredDown(NOW),
                new ProvedDown(NOW),
                new UpdatesDone(true),
                new UpdatesDone(false),
                new WaitOver(),
                new StartupOver(),
                new Stopping(true),
                new Stopping(false),
                new Resumed(),
                new ResyncAsked(),
                new StoreLost()));
        for (ServerState state : keptStates()) {
            events.add(new Heard(state, true, NOW));
            events.add(new Heard(state, false, NOW));
        }
        return events;
    }

    private static List<ServerState> keptStates() {
        List<ServerState> states = new ArrayList<>(List.of(ServerState.values()));
        states.remove(STARTUP);
        return states;
    }

    private static List<@Nullable ServerState> partners() {
        List<@Nullable ServerState> states = new ArrayList<>(keptStates());
        states.add(null);
        return states;
    }

    @Test
    void aLostLinkInterruptsAndAHeardPartnerRestores() {
        Standing interrupted = after(linked(NORMAL, NORMAL), new LinkLost(NOW - 3));
        assertThat(interrupted.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
        assertThat(interrupted.kept().lastContact()).isEqualTo(NOW - 3);

        Decision decision = decide(after(interrupted, new Connected()), heard(COMMUNICATIONS_INTERRUPTED));
        assertThat(decision.next().state()).isEqualTo(NORMAL);
        assertThat(decision.durable()).isTrue();
        assertThat(decision.actions())
                .containsExactly(
                        new StateAction.SendState(NORMAL, false, NOW),
                        new StateAction.SendPendingUpdates(),
                        new StateAction.BalanceAddresses());
    }

    @Test
    void aStartedServerAnswersNobodyAndSaysItsStateWithAFlag() {
        Standing started =
                StateMachine.start(kept(NORMAL, NORMAL, false), NOW - 9, NOW).next();

        assertThat(started.state()).isEqualTo(STARTUP);
        assertThat(started.kept().state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
        assertThat(decide(started, new Connected()).actions())
                .containsExactly(new StateAction.SendState(COMMUNICATIONS_INTERRUPTED, true, NOW));
        assertThat(Deadline.of(relationship(), started)).isEqualTo(new Deadline(NOW + 5, new StartupOver()));
        assertThat(after(started, new StartupOver()).state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    }

    @Test
    void aServerThatWasTakenForDownAfterItStoppedRecoversAndElseThereMayBeAConflict() {
        RelationshipState kept = kept(NORMAL, NORMAL, false);
        Standing stoppedBefore = after(StateMachine.start(kept, NOW - 100, NOW).next(), new Connected());
        Standing servedAfter = after(StateMachine.start(kept, NOW - 40, NOW).next(), new Connected());
        Heard down = new Heard(PARTNER_DOWN, false, NOW - 50);

        assertThat(after(stoppedBefore, down).state()).isEqualTo(RECOVER);
        assertThat(after(stoppedBefore, down).kept().recoverFrom()).isEqualTo(NOW - 100);
        assertThat(after(servedAfter, down).state()).isEqualTo(POTENTIAL_CONFLICT);
        assertThat(after(linked(COMMUNICATIONS_INTERRUPTED, NORMAL), down).state())
                .isEqualTo(POTENTIAL_CONFLICT);
    }

    @Test
    void aLostStoreIsAskedForInFullAndWaitsForMclt() {
        Standing started =
                StateMachine.start(RelationshipState.unknown(true, NOW), 0, NOW).next();
        Decision asks = decide(after(started, new Connected()), heard(PARTNER_DOWN));
        assertThat(asks.actions())
                .containsExactly(new StateAction.SendState(RECOVER, false, NOW), new StateAction.RequestUpdates(true));

        Standing waits = after(asks.next(), new UpdatesDone(false));
        assertThat(waits.state()).isEqualTo(RECOVER_WAIT);
        assertThat(Deadline.of(relationship(), waits)).isEqualTo(new Deadline(NOW + MCLT, new WaitOver()));

        Standing done = after(waits, new WaitOver());
        assertThat(done.state()).isEqualTo(RECOVER_DONE);
        assertThat(done.kept().storeLost()).isFalse();
        assertThat(after(done, heard(NORMAL)).state()).isEqualTo(NORMAL);
    }

    @Test
    void twoNewServersDoNotWait() {
        Standing started =
                StateMachine.start(RelationshipState.unknown(true, NOW), 0, NOW).next();
        Standing asks = after(after(started, new Connected()), heard(RECOVER));

        assertThat(after(asks, new UpdatesDone(true)).state()).isEqualTo(RECOVER_DONE);
    }

    @Test
    void aServerThatServedAloneGoesOnWhileItsNewPartnerRecovers() {
        Standing alone =
                after(StateMachine.start(RelationshipState.alone(NOW), NOW, NOW).next(), new StartupOver());
        assertThat(Service.of(relationship(), alone, NOW).fresh()).isEqualTo(Service.Fresh.OWN_AND_PARTNERS);

        Standing meets = after(after(alone, new Connected()), heard(RECOVER));
        assertThat(meets.state()).isEqualTo(PARTNER_DOWN);
        assertThat(after(meets, heard(RECOVER_DONE)).state()).isEqualTo(NORMAL);
    }

    @Test
    void aPartnerThatIsInTouchCannotBeDeclaredDown() {
        Decision refused = decide(linked(NORMAL, NORMAL), new DeclaredDown(NOW));

        assertThat(refused.next().state()).isEqualTo(NORMAL);
        assertThat(refused.durable()).isFalse();
        assertThat(refused.actions())
                .hasOnlyElementsOfType(StateAction.Refuse.class)
                .hasSize(1);
        assertThat(after(linked(COMMUNICATIONS_INTERRUPTED, RECOVER), new DeclaredDown(NOW))
                        .state())
                .isEqualTo(PARTNER_DOWN);
    }

    @Test
    void mcltCountsFromWhenThePartnerWasLastAliveButNotBeforeItWasHeard() {
        Standing interrupted = after(linked(NORMAL, NORMAL), new LinkLost(NOW - 500));

        assertThat(after(interrupted, new DeclaredDown(NOW - 300)).kept().partnerDownFrom())
                .isEqualTo(NOW - 300);
        assertThat(after(interrupted, new DeclaredDown(NOW - 900)).kept().partnerDownFrom())
                .isEqualTo(NOW - 500);
        assertThat(after(interrupted, new DeclaredDown(NOW + 900)).kept().partnerDownFrom())
                .isEqualTo(NOW);
        assertThat(after(interrupted, new SafePeriodOver()).kept().partnerDownFrom())
                .isEqualTo(NOW);
        assertThat(after(interrupted, new ProvedDown(NOW - 200)).kept().partnerDownFrom())
                .isEqualTo(NOW - 200);
    }

    @Test
    void theSafePeriodCountsOnlyWhileTheServerRuns() {
        RelationshipState old = kept(COMMUNICATIONS_INTERRUPTED, NORMAL, false);
        Standing started = after(StateMachine.start(old, 1, NOW).next(), new StartupOver());

        assertThat(Deadline.of(relationship(), started)).isEqualTo(new Deadline(NOW + 600, new SafePeriodOver()));
        assertThat(after(started, new SafePeriodOver()).state()).isEqualTo(PARTNER_DOWN);
    }

    @Test
    void conflictsAreResolvedByThePrimaryFirst() {
        Decision primary = decide(linked(PARTNER_DOWN, RECOVER), heard(COMMUNICATIONS_INTERRUPTED));
        assertThat(primary.actions())
                .containsExactly(
                        new StateAction.SendState(POTENTIAL_CONFLICT, false, NOW),
                        new StateAction.RequestUpdates(false));
        assertThat(after(primary.next(), new UpdatesDone(false)).state()).isEqualTo(CONFLICT_DONE);

        Relationship relationship = relationship(ServerRole.Secondary, PartnerKind.NATIVE);
        Decision secondary =
                StateMachine.decide(relationship, linked(COMMUNICATIONS_INTERRUPTED, NORMAL), heard(PARTNER_DOWN), NOW);
        assertThat(secondary.actions()).containsExactly(new StateAction.SendState(POTENTIAL_CONFLICT, false, NOW));
        Decision asks = StateMachine.decide(relationship, secondary.next(), heard(CONFLICT_DONE), NOW);
        assertThat(asks.actions()).containsExactly(new StateAction.RequestUpdates(false));
        assertThat(StateMachine.decide(relationship, asks.next(), new UpdatesDone(false), NOW)
                        .next()
                        .state())
                .isEqualTo(NORMAL);
    }

    @Test
    void whoGoesOnAfterAPlannedStopDoesWhatAStartDoes() {
        Standing paused = after(linked(NORMAL, NORMAL), new Stopping(false));

        Decision goesOn = StateMachine.decide(relationship(), paused, new Resumed(), NOW + 5);

        assertThat(goesOn.next())
                .isEqualTo(StateMachine.start(paused.kept(), NOW, NOW + 5).next());
        assertThat(goesOn.next().state()).isEqualTo(STARTUP);
        assertThat(goesOn.next().kept().lastOperation()).isEqualTo(NOW);
        assertThat(goesOn.actions()).containsExactly(new StateAction.DropLink());
        assertThat(after(linked(NORMAL, NORMAL), new Resumed())).isEqualTo(linked(NORMAL, NORMAL));
    }

    @Test
    void inNormalThePartnerCanBeAskedForEverything() {
        Standing normal = linked(NORMAL, NORMAL);

        Decision asks = StateMachine.decide(relationship(), normal, new ResyncAsked(), NOW);

        assertThat(asks.actions()).containsExactly(new StateAction.RequestUpdates(true));
        assertThat(asks.next()).isEqualTo(normal);
        assertThat(StateMachine.decide(
                                relationship(), linked(COMMUNICATIONS_INTERRUPTED, NORMAL), new ResyncAsked(), NOW)
                        .actions())
                .singleElement()
                .isInstanceOf(StateAction.Refuse.class);
    }

    @Test
    void aPlannedStopIsAnnouncedAndForgottenOrRecoveredFrom() {
        Standing paused = after(linked(NORMAL, NORMAL), new Stopping(false));
        assertThat(paused.state()).isEqualTo(PAUSED);
        assertThat(StateMachine.start(paused.kept(), NOW, NOW).next().kept().state())
                .isEqualTo(COMMUNICATIONS_INTERRUPTED);

        Standing shutdown = after(linked(NORMAL, NORMAL), new Stopping(true));
        assertThat(shutdown.state()).isEqualTo(SHUTDOWN);
        RelationshipState again =
                StateMachine.start(shutdown.kept(), NOW, NOW + MCLT).next().kept();
        assertThat(again.state()).isEqualTo(RECOVER);
        assertThat(again.recoverFrom()).isEqualTo(NOW);

        assertThat(after(linked(NORMAL, NORMAL), heard(PAUSED)).state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
        assertThat(after(linked(NORMAL, NORMAL), heard(SHUTDOWN)).state()).isEqualTo(PARTNER_DOWN);
    }

    @Test
    void withoutItsLeasesAServerDoesNotResolveConflictsButRecovers() {
        Standing lost = after(linked(NORMAL, NORMAL), new StoreLost());
        assertThat(lost.state()).isEqualTo(RECOVER);
        assertThat(after(lost, heard(POTENTIAL_CONFLICT)).state()).isEqualTo(RECOVER);
        assertThat(after(linked(POTENTIAL_CONFLICT, POTENTIAL_CONFLICT), heard(RECOVER))
                        .state())
                .isEqualTo(COMMUNICATIONS_INTERRUPTED);
        assertThat(after(linked(RECOVER, NORMAL), heard(POTENTIAL_CONFLICT)).state())
                .isEqualTo(POTENTIAL_CONFLICT);
    }

    @Test
    void toIscDhcpdNothingIsSaidBeforeItSpeaksNorWhatItDoesNotStand() {
        Relationship isc = relationship(ServerRole.Secondary, PartnerKind.ISC);
        Standing conflict =
                new Standing(kept(RESOLUTION_INTERRUPTED, NORMAL, false), false, false, false, false, false, NOW);
        Decision connected = StateMachine.decide(isc, conflict, new Connected(), NOW);
        assertThat(connected.actions()).isEmpty();

        assertThat(StateMachine.decide(isc, connected.next(), heard(NORMAL), NOW)
                        .actions())
                .containsExactly(new StateAction.DropLink());
        assertThat(StateMachine.decide(isc, connected.next(), heard(COMMUNICATIONS_INTERRUPTED), NOW)
                        .actions())
                .containsExactly(new StateAction.SendState(POTENTIAL_CONFLICT, false, NOW));

        Standing recovers = new Standing(RelationshipState.unknown(true, NOW), true, false, false, false, false, NOW);
        Decision notRecover = StateMachine.decide(isc, recovers, heard(CONFLICT_DONE), NOW);
        assertThat(notRecover.actions())
                .containsExactly(
                        new StateAction.SendState(POTENTIAL_CONFLICT, false, NOW),
                        new StateAction.RequestUpdates(true));
        Standing waits = StateMachine.decide(isc, notRecover.next(), new UpdatesDone(false), NOW)
                .next();
        assertThat(waits.state()).isEqualTo(POTENTIAL_CONFLICT);
        assertThat(Deadline.of(isc, waits)).isEqualTo(new Deadline(NOW + MCLT, new WaitOver()));
        assertThat(StateMachine.decide(isc, waits, new WaitOver(), NOW).next().state())
                .isEqualTo(NORMAL);
    }

    private static Standing linked(ServerState mine, ServerState partner) {
        return new Standing(kept(mine, partner, false), false, true, true, false, false, NOW - 1_000);
    }

    private static RelationshipState kept(ServerState mine, @Nullable ServerState partner, boolean lost) {
        return new RelationshipState(
                mine, NOW - 5_000, mine, partner, NOW - 5_000, NOW - 1_000, 0, 0, NOW - 9_000, lost);
    }

    private static Heard heard(ServerState state) {
        return new Heard(state, false, NOW);
    }

    private static Decision decide(Standing standing, FailoverEvent event) {
        return StateMachine.decide(relationship(), standing, event, NOW);
    }

    private static Standing after(Standing standing, FailoverEvent event) {
        return decide(standing, event).next();
    }

    private static Relationship relationship() {
        return relationship(ServerRole.Primary, PartnerKind.NATIVE);
    }

    private static Relationship relationship(ServerRole role, PartnerKind partnerKind) {
        return new Relationship("r", role, partnerKind, Mode.LoadBalance, 50, 5, MCLT, 600, true, 3, 1_000);
    }
}
