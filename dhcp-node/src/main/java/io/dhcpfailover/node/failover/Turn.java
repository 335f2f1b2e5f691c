package io.dhcpfailover.node.failover;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.FailoverEvent.DeclaredDown;
import io.dhcpfailover.node.failover.FailoverEvent.Heard;
import io.dhcpfailover.node.failover.FailoverEvent.LinkLost;
import io.dhcpfailover.node.failover.FailoverEvent.ProvedDown;
import io.dhcpfailover.node.failover.FailoverEvent.Stopping;
import io.dhcpfailover.node.failover.FailoverEvent.UpdatesDone;
import io.dhcpfailover.node.failover.Transitions.Happening;
import io.dhcpfailover.node.failover.Transitions.Rule;
import io.dhcpfailover.node.failover.Transitions.Step;
import java.util.ArrayList;
import java.util.List;

/** One event being decided. */
final class Turn {

    private final Relationship relationship;
    private final RelationshipState before;
    private final long now;
    private final List<StateAction> actions = new ArrayList<>();
    private Standing standing;

    Turn(Relationship relationship, Standing standing, long now) {
        this.relationship = relationship;
        this.standing = standing;
        this.before = standing.kept();
        this.now = now;
    }

    Decision decision() {
        return new Decision(standing, !standing.kept().equals(before), actions);
    }

    private ServerState mine() {
        return standing.kept().state();
    }

    private boolean partnerIs(ServerState state) {
        return standing.linked() && standing.kept().partner() == state;
    }

    void connect() {
        standing = standing.connected();
        // What may be told to ISC dhcpd depends on what it is in, and it speaks without being told.
        if (relationship.partnerKind() == PartnerKind.NATIVE) {
            tell();
        }
    }

    void hear(Heard heard) {
        boolean starting = standing.startup();
        standing = standing.hearing(standing.kept().heard(heard.state(), heard.since(), now));
        Step step = Transitions.heard(relationship.partnerKind(), relationship.self(), mine(), heard.state());
        // A partner that has just started does not serve, and may yet find that it has to recover.
        if (mine() != ServerState.PARTNER_DOWN || !heard.startup()) {
            take(step, starting);
        }
        if ((starting || !standing.told()) && !hasTold()) {
            List<StateAction> after = List.copyOf(actions);
            actions.clear();
            tell();
            actions.addAll(after);
        }
    }

    private boolean hasTold() {
        return actions.stream()
                .anyMatch(action -> action instanceof StateAction.SendState || action instanceof StateAction.DropLink);
    }

    private void take(Step step, boolean starting) {
        ServerState to = step.to();
        if (step.rule() == Rule.ASK
                || (step.rule() == Rule.ASK_WHERE_LOST && standing.kept().storeLost())) {
            ask();
        } else if (step.rule() == Rule.ASK_WHERE_LOST) {
            enter(ServerState.POTENTIAL_CONFLICT);
        } else if (to == ServerState.POTENTIAL_CONFLICT && starting && wasDeclaredDown()) {
            enter(ServerState.RECOVER);
        } else if (to != null) {
            enter(to);
        }
    }

    /** Whether the partner took this server for down only after it had stopped: what was given since, one gave. */
    private boolean wasDeclaredDown() {
        RelationshipState kept = standing.kept();
        return mine() == ServerState.COMMUNICATIONS_INTERRUPTED
                && kept.partner() == ServerState.PARTNER_DOWN
                && kept.partnerSince() > kept.lastOperation();
    }

    void lose(LinkLost lost) {
        standing = standing.disconnected(standing.kept().lastHeard(lost.lastHeard()), now);
        happenUnlessStarting(Happening.LINK_LOST);
    }

    void happenUnlessStarting(Happening what) {
        if (!standing.startup()) {
            happen(what);
        }
    }

    private void happen(Happening what) {
        ServerState to = Transitions.happens(relationship.partnerKind(), relationship.self(), mine(), what)
                .to();
        if (to != null) {
            enter(to);
        }
    }

    void endSafePeriod() {
        if (!standing.linked() || mine() == ServerState.COMMUNICATIONS_INTERRUPTED) {
            happenUnlessStarting(Happening.SAFE_PERIOD);
        }
    }

    void declare(DeclaredDown declared) {
        if (standing.linked() && !isPartnerSilent()) {
            refuse("the partner is in touch, in " + standing.kept().partner()
                    + ": stop it, or wait until it is not heard any more");
        } else if (mine() == ServerState.RECOVER_WAIT || mine().isStopped()) {
            refuse("a server in " + mine() + " cannot serve alone: in RECOVER_WAIT it can once MCLT has passed, "
                    + "else after a restart");
        } else {
            takeOver(Happening.DECLARED, declared.lastSeen());
        }
    }

    private void refuse(String reason) {
        actions.add(new StateAction.Refuse(reason));
    }

    private boolean isPartnerSilent() {
        return partnerIs(ServerState.RECOVER)
                || partnerIs(ServerState.RECOVER_WAIT)
                || partnerIs(ServerState.PAUSED)
                || partnerIs(ServerState.SHUTDOWN);
    }

    void prove(ProvedDown proved) {
        if (relationship.partnerDownOnProof()) {
            takeOver(Happening.PROVED, proved.at());
        }
    }

    /** Enters PARTNER-DOWN where the table says so; MCLT counts from when the partner was last alive. */
    private void takeOver(Happening why, long lastAlive) {
        ServerState was = mine();
        happen(why);
        RelationshipState kept = standing.kept();
        if (kept.state() == ServerState.PARTNER_DOWN && was != ServerState.PARTNER_DOWN) {
            long from = Math.clamp(lastAlive, Math.min(kept.lastContact(), now), now);
            standing = standing.keeping(kept.withPartnerDownFrom(from));
            if (standing.linked() && !isPartnerSilent()) {
                // Either the session is dead as well, or the proof is wrong and a new one resolves it.
                actions.add(new StateAction.DropLink());
            }
        }
    }

    void finish(UpdatesDone done) {
        if (!standing.asked()) {
            return;
        }
        Step step = Transitions.happens(relationship.partnerKind(), relationship.self(), mine(), Happening.UPDDONE);
        boolean waited = done.nothingKnown() || hasWaited();
        ServerState to = step.to();
        if (step.rule() == Rule.WAIT) {
            enter(waited ? ServerState.RECOVER_DONE : ServerState.RECOVER_WAIT);
        } else if (to == ServerState.NORMAL && !partnerIs(ServerState.CONFLICT_DONE)) {
            // The primary goes through it again, and what it resolves until then would be missing.
            standing = standing.answered(false);
        } else if (to != null && standing.kept().storeLost() && !waited) {
            standing = standing.answered(true);
        } else if (to != null) {
            enter(to);
        }
    }

    private boolean hasWaited() {
        return standing.kept().recoverFrom() + relationship.mclt() <= now;
    }

    void endWait() {
        if (mine() == ServerState.POTENTIAL_CONFLICT && standing.updated()) {
            RelationshipState kept = standing.kept();
            standing = standing.asking().keeping(kept.withRecovery(kept.recoverFrom(), false));
            finish(new UpdatesDone(true));
        } else {
            happenUnlessStarting(Happening.WAIT_OVER);
        }
    }

    void endStartup() {
        if (standing.startup()) {
            standing = standing.running();
            tellIfToldBefore();
        }
    }

    void stop(Stopping stopping) {
        // Nobody would hear it without a link: it would be a promise to nobody.
        if (standing.linked() && !mine().isStopped()) {
            enter(stopping.forLong() ? ServerState.SHUTDOWN : ServerState.PAUSED);
        }
    }

    /** What it does from here on is what it does after a start; the partner hears it in a new session. */
    void resume() {
        if (mine().isStopped()) {
            boolean session = standing.linked() || standing.told();
            // It served until it stopped.
            standing = StateMachine.start(standing.kept(), standing.kept().since(), now)
                    .next();
            if (session) {
                actions.add(new StateAction.DropLink());
            }
        }
    }

    void askAgain() {
        if (mine() == ServerState.NORMAL && standing.linked()) {
            actions.add(new StateAction.RequestUpdates(true));
        } else {
            refuse("a server in " + mine() + (standing.linked() ? "" : " without its partner in touch")
                    + " asks by itself as soon as it can: this is for NORMAL");
        }
    }

    void loseStore() {
        if (mine().isStopped()) {
            return;
        }
        boolean told = mine() == ServerState.RECOVER;
        RelationshipState kept = told ? standing.kept() : standing.kept().in(ServerState.RECOVER, now);
        standing = standing.answered(false).keeping(kept.withRecovery(now, true));
        if (!told) {
            tellIfToldBefore();
        }
        ask();
    }

    private void enter(ServerState state) {
        if (state == mine()) {
            return;
        }
        RelationshipState kept = standing.kept().in(state, now);
        boolean lost = kept.storeLost();
        switch (state) {
            case PARTNER_DOWN -> kept = kept.withPartnerDownFrom(now);
            case RECOVER -> kept = kept.withRecovery(kept.lastOperation(), lost);
            case NORMAL, CONFLICT_DONE, RECOVER_DONE -> kept = kept.withRecovery(kept.recoverFrom(), false);
            default -> {}
        }
        standing = standing.running().answered(false).keeping(kept);
        tellIfToldBefore();
        if (standing.linked()) {
            begin(state, lost);
        }
    }

    private void begin(ServerState state, boolean lost) {
        switch (state) {
            case NORMAL -> {
                if (lost) {
                    actions.add(new StateAction.RequestUpdates(true));
                }
                actions.add(new StateAction.SendPendingUpdates());
                actions.add(new StateAction.BalanceAddresses());
            }
            case RECOVER, POTENTIAL_CONFLICT -> ask();
            case RECOVER_DONE -> {
                // The partner may have said long ago that it waits for nothing but this.
                if (partnerIs(ServerState.NORMAL) || partnerIs(ServerState.RECOVER_DONE)) {
                    enter(ServerState.NORMAL);
                }
            }
            default -> {}
        }
    }

    /** Asks for updates where it is this server's turn, and it has not asked in this state and session. */
    private void ask() {
        boolean recovers = mine() == ServerState.RECOVER;
        boolean turn = recovers || relationship.self() == ServerRole.Primary || partnerIs(ServerState.CONFLICT_DONE);
        if (turn && standing.linked() && !standing.asked() && !standing.updated()) {
            actions.add(new StateAction.RequestUpdates(standing.kept().storeLost()));
            standing = standing.asking();
        }
    }

    /** What a session has carried, it has to carry again when it changes, also while the partner is not heard yet. */
    private void tellIfToldBefore() {
        if (standing.linked() || standing.told()) {
            tell();
        }
    }

    private void tell() {
        if (IscRules.mayTell(relationship, standing)) {
            RelationshipState kept = standing.kept();
            actions.add(new StateAction.SendState(kept.state(), standing.startup(), kept.since()));
            standing = standing.telling();
        } else if (!actions.contains(new StateAction.DropLink())) {
            actions.add(new StateAction.DropLink());
        }
    }
}
