package io.dhcpfailover.node.failover;

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
import java.util.List;

/**
 * What a server does at an event of a relationship (draft-ietf-dhc-failover-12, section 9): the tables of
 * {@link Transitions}, and what follows from entering a state. Decides only: what it decides takes effect once it is on
 * disk, as {@link Decision} says, and no other event may be decided before that.
 */
public final class StateMachine {

    private StateMachine() {}

    /**
     * A server starts (sections 9.3.1 and 9.3.2).
     *
     * @param kept what it found; {@link RelationshipState#unknown} where it found nothing
     * @param lastOperation until when it may have served before: the time of its latest lease will do
     */
    public static Decision start(RelationshipState kept, long lastOperation, long now) {
        RelationshipState next = kept;
        if (kept.state() == ServerState.SHUTDOWN) {
            // The partner was told that it may give all addresses, and must say which it gave.
            // One that was taken for down may have met its partner, and served, after the time that it is told.
            long served = Math.max(kept.since(), lastOperation);
            next = kept.in(ServerState.RECOVER, now)
                    .withRecovery(Math.max(served, kept.recoverFrom()), kept.storeLost());
        } else {
            ServerState before = kept.state() == ServerState.PAUSED ? kept.previous() : kept.state();
            ServerState state = before.isStopped() ? ServerState.RECOVER : before.withoutPartner();
            if (state != kept.state()) {
                long partnerDownFrom = state == ServerState.PARTNER_DOWN ? now : 0;
                next = kept.in(state, now).withPartnerDownFrom(partnerDownFrom);
            }
        }
        next = next.operatedUntil(Math.max(lastOperation, kept.lastOperation()));
        return new Decision(Standing.started(next, now), !next.equals(kept), List.of());
    }

    /** What follows from an event, which may be that nothing changes. Defined for every event at any time. */
    public static Decision decide(Relationship relationship, Standing standing, FailoverEvent event, long now) {
        Turn turn = new Turn(relationship, standing, now);
        switch (event) {
            case Connected connected -> turn.connect();
            case Heard heard -> turn.hear(heard);
            case LinkLost lost -> turn.lose(lost);
            case SafePeriodOver over -> turn.endSafePeriod();
            case DeclaredDown declared -> turn.declare(declared);
            case ProvedDown proved -> turn.prove(proved);
            case UpdatesDone done -> turn.finish(done);
            case WaitOver over -> turn.endWait();
            case StartupOver over -> turn.endStartup();
            case Stopping stopping -> turn.stop(stopping);
            case Resumed resumed -> turn.resume();
            case ResyncAsked asked -> turn.askAgain();
            case StoreLost lost -> turn.loseStore();
        }
        return turn.decision();
    }
}
