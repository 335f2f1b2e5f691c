package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.dhcpfailover.node.failover.ServerState.NORMAL;
import static io.dhcpfailover.node.failover.ServerState.PARTNER_DOWN;
import static io.dhcpfailover.node.failover.ServerState.RECOVER;
import static io.dhcpfailover.node.failover.ServerState.RECOVER_DONE;
import static io.dhcpfailover.node.failover.ServerState.RECOVER_WAIT;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.node.failover.ConflictRules.View;
import io.dhcpfailover.node.failover.Deadline;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.failover.Service;
import io.dhcpfailover.node.failover.Standing;
import io.dhcpfailover.node.failover.StateAction;
import io.dhcpfailover.node.failover.message.BindingUpdate;
import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.Terms;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A relationship as its server lives it: what its partner says, what clients get, and what both have to be told. */
final class Partner {

    /** Messages that may wait for a record to be stored: a partner that keeps to its limit has fewer under way. */
    private static final int QUEUE_MAX = 1024;

    /** Records that go to the disk as one. */
    private static final int RECORDS_TOGETHER = 512;

    /** Seconds after which the partner is told again what it refused. */
    private static final long RETRY_SECONDS = 30;

    private static final long MILLISECONDS_OF_SECOND = 1000;

    private final String name;
    private final BindingTable table;
    private final PartnerLine line;
    private final Changes changes;
    private final OutgoingUpdates outgoing;
    private final IncomingUpdates incoming;
    private final AddressBalance balance;
    private final LeaseEnds ends;
    private final Grants grants;
    private final Counters counters = new Counters();
    private final Clashes clashes = new Clashes();
    private final RelationshipState.@Nullable Named found;
    private Relationship relationship;
    private Relationship careful;
    private final PartnerScopes scopes;
    private final PartnerStates states;
    private final @Nullable StoredScopes foundScopes;
    private final LeadTime leadTime;
    private FailoverEvent.@Nullable Heard heldBack;
    private long heldBackMark;
    private final FirstShares firstShares;
    private long sessions;
    private long clockSteps;
    private boolean tells;
    private boolean letGo;
    private boolean partnerAlone;
    private long scopesRequested = -1;
    private long requested = -1;
    private boolean clientsHeard;
    private long retries;

    /**
     * A relationship that its server has just been told of.
     *
     * @param found what the store has of it; null where nothing
     * @param foundScopes what the store has of its scopes; null where nothing
     * @param numbers where numbers of records come from
     * @param trail whom lease events are told
     */
    Partner(
            String name,
            Relationship relationship,
            BindingTable table,
            RelationshipState.@Nullable Named found,
            @Nullable StoredScopes foundScopes,
            LongSupplier numbers,
            LeaseTrail trail) {
        this.name = name;
        this.relationship = relationship;
        this.table = table;
        this.found = found;
        this.foundScopes = foundScopes;
        this.leadTime = new LeadTime(relationship.mclt());
        if (foundScopes != null) {
            leadTime.restore(foundScopes.leadTime());
        }
        line = new PartnerLine(name);
        changes = new Changes(table, relationship.self());
        outgoing = new OutgoingUpdates(this, table, line);
        incoming = new IncomingUpdates(this, table, line, trail);
        balance = new AddressBalance(this, table, line);
        firstShares = new FirstShares(balance, outgoing);
        ends = new LeaseEnds(this, table);
        grants = new Grants(this, table);
        scopes = new PartnerScopes(this, table);
        states = new PartnerStates(name, relationship.self(), numbers, this::cautious, this::act);
        careful = relationship;
    }

    String name() {
        return name;
    }

    Relationship relationship() {
        return relationship;
    }

    ServerRole self() {
        return relationship.self();
    }

    Changes changes() {
        return changes;
    }

    OutgoingUpdates outgoing() {
        return outgoing;
    }

    LeaseEnds ends() {
        return ends;
    }

    Grants grants() {
        return grants;
    }

    Counters counters() {
        return counters;
    }

    Clashes clashes() {
        return clashes;
    }

    PartnerLine line() {
        return line;
    }

    @Nullable Standing standing() {
        return states.standing();
    }

    PartnerStates states() {
        return states;
    }

    /** What a snapshot has to hold of it. Null before its start. */
    byte @Nullable [] record() {
        return states.record();
    }

    /**
     * Is as it is told from now on.
     *
     * @param served networks of the scopes that this server had before
     * @param all scopes of this server
     * @param copies networks of which this server's word counts for nothing
     */
    void configure(
            Relationship next,
            Collection<ServedScope> its,
            Set<Ipv4Address> served,
            ScopeTable all,
            Set<Ipv4Address> copies) {
        if (!next.equals(relationship)) {
            relationship = next;
            careful = next;
            leadTime.configure(next.mclt());
            balance.want();
            tells = true;
        }
        if (states.hasBegun()) {
            tells |= scopes.configure(its, served, all);
        } else {
            // What the store of the other server had of scopes, it had of itself.
            StoredScopes kept = found != null && found.self() == self() ? foundScopes : null;
            scopes.begin(its, kept == null ? null : kept.memberships(), all, copies);
        }
    }

    /**
     * Its server takes no part in it any more, and has these scopes. What the store keeps of it: where scopes went with
     * it, it has to ask for everything if it ever comes back.
     */
    RelationshipState.@Nullable Named end(Collection<ServedScope> its, ScopeTable all) {
        scopes.configure(its, Set.of(), all);
        boolean left = scopes.shared().end();
        byte[] record = record();
        if (record == null) {
            return null;
        }
        RelationshipState.Named kept = RelationshipState.decode(record);
        return left
                ? new RelationshipState.Named(
                        name,
                        kept.self(),
                        RelationshipState.unknown(
                                true, Math.max(table.latest(), kept.state().since())))
                : kept;
    }

    /** Forgets what left it and is not here. */
    void erase(Consumer<Effect> effects) {
        List<Ipv4Prefix> copies = scopes.shared().copiesToErase();
        if (!copies.isEmpty()) {
            // First that they are copies: a crash must not leave half of one that counts.
            storeScopes(effects);
            scopes.erase(copies, effects);
            storeScopes(effects);
        }
    }

    PartnerScopes scopes() {
        return scopes;
    }

    /** Whether the address is one of the relationship's. */
    boolean has(Binding binding) {
        return scopes.shared().has(binding) && (!isIsc() || isOfPool(binding));
    }

    /** ISC dhcpd has its reservations by itself, outside of what it shares. */
    private boolean isOfPool(Binding binding) {
        ServedScope scope = scopes.shared().of(binding.address());
        return scope != null && scope.pool().contains(binding.address());
    }

    /** Whether the partner is to know that the address is reserved: ISC dhcpd refuses it where it is not there. */
    boolean isReserved(Binding binding) {
        ServedScope scope = scopes.shared().of(binding.address());
        return !isIsc() && scope != null && scope.isReserved(binding.address());
    }

    /**
     * The relationship with the time after which nobody has an address any more that the partner may have let it have:
     * the MCLT that it may have used, and what an ACK takes to its client.
     */
    private Relationship cautious(long now) {
        long mclt = leadTime.ofPartner(now) + Engine.GRACE_SECONDS;
        if (careful.mclt() != mclt) {
            careful = relationship.withMclt(mclt);
        }
        return careful;
    }

    /** By what time clients may be told more than the partner knows, in seconds. */
    long clientsLeadTime() {
        return leadTime.forClients();
    }

    /** By what time the partner may have told clients more than this server knows, in seconds. */
    long partnersLeadTime(long now) {
        return leadTime.ofPartner(now);
    }

    /** A binding was changed here: the partner is to be told. */
    void changed(Binding binding) {
        changes.count(binding);
        outgoing.add(binding);
    }

    void store(List<byte[]> records, Consumer<Effect> effects) {
        for (int from = 0; from < records.size(); from += RECORDS_TOGETHER) {
            List<byte[]> part = records.subList(from, Math.min(records.size(), from + RECORDS_TOGETHER));
            effects.accept(new Effect.Store(StoredRecords.together(part)));
        }
    }

    /** The partner says something of a client. */
    void heardOf(BindingUpdate update) {
        clientsHeard |= update.hardwareAddress() != null || update.status() != BindingState.FREE;
    }

    void clashed(Binding binding, View mine, View received, long now) {
        counters.clashes++;
        clashes.add(new Clash(
                name, binding.address(), String.valueOf(mine.client()), String.valueOf(received.client()), now));
    }

    /** What a restart must find again of its scopes. */
    StoredScopes storedScopes() {
        return new StoredScopes(
                name,
                leadTime.kept(),
                changes.own(),
                changes.partners(),
                scopes.shared().memberships());
    }

    private void storeScopes(Consumer<Effect> effects) {
        effects.accept(new Effect.Store(storedScopes().encode()));
    }

    private void begin(long now, Consumer<Effect> effects) {
        if (foundScopes != null && found != null && found.self() == self()) {
            changes.knowOwn(foundScopes.ownChange());
            changes.knowPartners(foundScopes.partnersChange());
        }
        boolean known = scopes.recount(found == null, changes);
        scopes.join(effects);
        RelationshipState kept = found == null ? null : found.state();
        if (found != null && found.self() != self()) {
            // The store of the other server: what this one gave is not in it.
            kept = RelationshipState.unknown(true, now);
        } else if (kept == null) {
            // Also without a scope: it may have had some before its disk was lost.
            kept = known ? RelationshipState.alone(now) : RelationshipState.unknown(true, now);
        }
        scopes.adopt(effects);
        storeScopes(effects);
        states.begin(kept, Math.min(now, table.latest()), now, effects);
    }

    /** A record is durable. */
    void stored(long number, long now, Consumer<Effect> effects) {
        states.stored(number, now, effects);
    }

    private void act(StateAction action, long now, Consumer<Effect> effects) {
        switch (action) {
            case StateAction.SendState state -> tell(state, now, effects);
            case StateAction.RequestUpdates request -> {
                // Of a scope that came meanwhile nothing is known, though no lease was lost.
                boolean all = request.all()
                        || (states.state() == RECOVER && scopes.shared().isUnsure());
                Message message =
                        all ? new Message.UpdateRequestAll(line.next(now)) : new Message.UpdateRequest(line.next(now));
                requested = message.header().xid();
                clientsHeard = false;
                firstShares.ended();
                line.send(message, effects);
            }
            case StateAction.SendPendingUpdates pending -> outgoing.retry();
            case StateAction.BalanceAddresses balanced -> balance.want();
            case StateAction.DropLink drop -> line.drop("only a new session leads on from here", effects);
            case StateAction.Refuse refuse -> {}
        }
    }

    private void tell(StateAction.SendState state, long now, Consumer<Effect> effects) {
        Terms terms = new Terms(
                changes.partners(),
                changes.acknowledged(),
                leadTime.own(),
                isAlone(),
                scopes.shared().networks());
        long since = Math.clamp(state.since(), 0, Binding.UNLIMITED);
        line.send(new Message.State(line.next(now), state.state(), state.startup(), since, terms), effects);
    }

    /** Whether it never had a partner: it served alone, or nobody, since the relationship exists. */
    boolean isAlone() {
        Standing at = states.standing();
        if (at == null || changes.partners() != 0) {
            return false;
        }
        RelationshipState kept = at.kept();
        boolean served = kept.state() == PARTNER_DOWN && kept.previous() == PARTNER_DOWN;
        boolean servedNobody = kept.state() == RECOVER && kept.recoverFrom() == 0 && !kept.storeLost();
        return served || servedNobody;
    }

    void sessionBegan(PartnerSession session, long now, Consumer<Effect> effects) {
        sessions++;
        letGo = false;
        long number = sessions;
        long steps = clockSteps;
        states.submit(
                (then, out) -> {
                    if (number == sessions) {
                        line.begin(session);
                        if (steps != clockSteps) {
                            line.drop("the clock was set since the session began", out);
                        }
                        states.decide(new FailoverEvent.Connected(), then, out);
                    }
                },
                now,
                effects);
    }

    void sessionEnded(long lastHeard, long now, Consumer<Effect> effects) {
        // At once: what is said from now on would be said in another session.
        line.end();
        sessions++;
        states.submit(
                (then, out) -> {
                    outgoing.ended();
                    requested = -1;
                    scopesRequested = -1;
                    heldBack = null;
                    firstShares.ended();
                    scopes.shared().sessionEnded();
                    states.decide(new FailoverEvent.LinkLost(Math.min(lastHeard, then)), then, out);
                },
                now,
                effects);
    }

    void heard(Message message, long now, Consumer<Effect> effects) {
        if (states.waiting() >= QUEUE_MAX) {
            counters.updatesDropped++;
            line.drop("the partner sends more than it may before it is answered", effects);
            return;
        }
        states.submit((then, out) -> hear(message, then, out), now, effects);
    }

    private void hear(Message message, long now, Consumer<Effect> effects) {
        if (line.session() == null) {
            return;
        }
        switch (message) {
            case Message.State state -> hearState(state, now, effects);
            case Message.BindingUpdates updates -> incoming.receive(updates, now, effects);
            case Message.BindingAcknowledgement answers -> outgoing.answered(answers, effects);
            case Message.UpdateRequest request ->
                outgoing.requested(false, request.header().xid());
            case Message.UpdateRequestAll request ->
                outgoing.requested(true, request.header().xid());
            case Message.UpdateDone done -> finish(done, now, effects);
            case Message.PoolRequest request -> balance.requested(request, isNormal(), now, effects);
            case Message.PoolResponse response -> {}
            case Message.Connect _, Message.ConnectAck _, Message.Contact _, Message.Disconnect _ -> {}
        }
    }

    private void hearState(Message.State state, long now, Consumer<Effect> effects) {
        Terms terms = state.terms();
        partnerAlone = terms != null && terms.alone();
        if (terms != null) {
            boolean otherTime = leadTime.heard(terms.mclt());
            List<ServedScope> returned = scopes.shared().returned(terms.scopes());
            boolean otherScopes = scopes.shared().heard(terms.scopes());
            scopes.tellAgain(returned, effects);
            leadTime.ofPartner(now);
            if (otherScopes) {
                balance.want();
            }
            if (otherTime || otherScopes) {
                storeScopes(effects);
            }
        }
        if (terms != null && (terms.knownChange() > changes.own() || terms.acknowledgedChange() > changes.partners())) {
            // The partner knows of changes made here, or acknowledged from here, that this store does not have.
            changes.knowOwn(terms.knownChange());
            changes.knowPartners(terms.acknowledgedChange());
            if (!asksForAllAnyway()) {
                states.decide(new FailoverEvent.StoreLost(), now, effects);
            }
        }
        long since = PartnerLine.local(state.since(), line.skew());
        FailoverEvent.Heard heard = new FailoverEvent.Heard(state.state(), state.startup(), since);
        followOrHoldBack(heard, now, effects);
    }

    /** Whether it has lost its leases as far as it knows, and has not been told all of them: in RECOVER-WAIT it has been. */
    private boolean asksForAllAnyway() {
        Standing at = states.standing();
        return at == null || (at.kept().storeLost() && at.kept().state() != RECOVER_WAIT);
    }

    /**
     * A partner that comes back serves as soon as it hears that this server is in NORMAL. Before that it has to know
     * which of its addresses were given away here.
     */
    private void followOrHoldBack(FailoverEvent.Heard heard, long now, Consumer<Effect> effects) {
        heldBack = null;
        boolean comesBack = heard.state() == RECOVER_DONE && !heard.startup();
        if (comesBack && serves() && self() == ServerRole.Primary && !isIsc()) {
            balance.begin(now, effects);
        }
        if (comesBack && !isNormal() && !outgoing.reached(outgoing.mark())) {
            heldBack = heard;
            heldBackMark = outgoing.mark();
        } else {
            states.follow(heard, now, effects);
        }
    }

    private boolean isNormal() {
        return states.state() == NORMAL;
    }

    private void finish(Message.UpdateDone done, long now, Consumer<Effect> effects) {
        if (done.header().xid() == scopesRequested) {
            scopesRequested = -1;
            if (scopes.shared().answered()) {
                storeScopes(effects);
                balance.want();
            }
        }
        if (done.header().xid() == requested) {
            requested = -1;
            scopes.shared().shareTold();
            storeScopes(effects);
            FailoverEvent all = new FailoverEvent.UpdatesDone(isNothingKnown());
            if (isFirstMeeting()) {
                firstShares.await(all);
            } else {
                states.decide(all, now, effects);
            }
        }
    }

    /** Whether the two come into service together, and this one has all addresses. */
    private boolean isFirstMeeting() {
        Standing at = states.standing();
        var partners = at == null ? null : at.kept().partner();
        return self() == ServerRole.Primary
                && !isIsc()
                && states.state() == RECOVER
                && (partners == RECOVER || partners == RECOVER_DONE)
                && isNothingKnown();
    }

    /** Whether this server serves without its partner. */
    private boolean serves() {
        var state = states.state();
        return state == PARTNER_DOWN || state == COMMUNICATIONS_INTERRUPTED;
    }

    /** Whether neither server has, or had, a client: a partner in any other state than RECOVER may have served some. */
    private boolean isNothingKnown() {
        Standing at = states.standing();
        if (at == null) {
            return false;
        }
        var partners = at.kept().partner();
        if (partnerAlone && changes.own() == 0) {
            // Whoever could have been its partner was none.
            return true;
        }
        if (clientsHeard) {
            return false;
        }
        if (partners != RECOVER && partners != RECOVER_DONE) {
            return false;
        }
        return scopes.isUnused();
    }

    /** What an administrator or the cluster says; why it is refused, null where it is not. */
    @Nullable String happened(FailoverEvent event, long now, Consumer<Effect> effects) {
        if (event instanceof FailoverEvent.Stopping || event instanceof FailoverEvent.Resumed) {
            // Nobody waits for an answer to these, and nobody will say them again.
            states.submit((then, out) -> states.decide(event, then, out), now, effects);
            return null;
        }
        if (!states.isSettled()) {
            return "the relationship is just changing its state: ask again";
        }
        return states.decide(event, now, effects);
    }

    /** What a client may be told now. */
    Service service(long now) {
        Service service = states.service(now);
        boolean holdsBack = heldBack != null && service.fresh() == Service.Fresh.OWN_AND_PARTNERS;
        return holdsBack ? new Service(service.answers(), Service.Fresh.OWN) : service;
    }

    /** The same in one of its scopes. */
    Service service(ServedScope scope, long now) {
        return scopes.shared().service(scope, service(now), states.state() == PARTNER_DOWN);
    }

    /** The same for an address. */
    Service service(Binding binding, long now) {
        ServedScope scope = scopes.shared().of(binding.address());
        return scope == null ? service(now) : service(scope, now);
    }

    /** Does what is due. */
    void flush(long now, boolean storageFailing, long storageBusy, Consumer<Effect> effects) {
        if (!states.hasBegun()) {
            begin(now, effects);
        }
        states.meetDeadline(now, effects);
        Standing at = states.standing();
        if (at == null) {
            return;
        }
        boolean overdue = isOverdue(storageBusy);
        // A store that took something in between may get stuck again in the same session.
        letGo &= overdue;
        if (overdue && at.told() && !letGo) {
            letGo = true;
            line.dropAtOnce("nothing was stored for " + storageBusy + " s: the partner is to take over", effects);
        }
        leadTime.ofPartner(now);
        scopes.join(effects);
        tellAgain(at, now, effects);
        if (!storageFailing) {
            // Only what both have said that they do not have.
            if (!tells && at.told() && at.linked() && scopes.shared().leave()) {
                storeScopes(effects);
            }
            erase(effects);
            // Nothing is begun that only fills the queue to the disk.
            ends.flush(at, now, effects);
        }
        if (now >= retries) {
            retries = now + RETRY_SECONDS;
            if (!isIsc()) {
                // The draft has an update that was refused wait for the next change; a request brings it up again.
                outgoing.retry();
            }
        }
        boolean normal = isNormal() && at.linked() && states.isSettled() && !storageFailing;
        if (normal) {
            askForBindings(now, effects);
            balance.flush(now, effects);
        }
        FailoverEvent shared = states.isSettled() ? firstShares.flush(at, now, effects) : null;
        if (shared != null) {
            states.follow(shared, now, effects);
        }
        outgoing.flush(heldBack != null || firstShares.isGiving() || (at.linked() && isToldLazily(at)), now, effects);
        states.goOn(now, effects);
        FailoverEvent.Heard held = heldBack;
        if (held != null && line.session() != null && outgoing.reached(heldBackMark)) {
            heldBack = null;
            states.follow(held, now, effects);
        }
    }

    /** What changed of what goes with a state. */
    private void tellAgain(Standing at, long now, Consumer<Effect> effects) {
        if (tells && states.isSettled()) {
            tells = false;
            storeScopes(effects);
            if (at.told() && line.dialect() == Dialect.NATIVE) {
                tell(
                        new StateAction.SendState(
                                at.kept().state(), at.startup(), at.kept().since()),
                        now,
                        effects);
            }
        }
    }

    /** In NORMAL: asks for the bindings of scopes that one of the two had alone. */
    private void askForBindings(long now, Consumer<Effect> effects) {
        if (scopes.shared().asksForBindings() && scopesRequested < 0 && requested < 0) {
            List<ServedScope> returning = scopes.shared().returning();
            if (!returning.isEmpty()) {
                scopes.forgetShares(returning, effects);
                storeScopes(effects);
            }
            Message message = returning.isEmpty()
                    ? new Message.UpdateRequest(line.next(now))
                    : new Message.UpdateRequestAll(line.next(now));
            scopesRequested = message.header().xid();
            scopes.shared().asked();
            line.send(message, effects);
        }
    }

    /** When it takes its partner for down by itself; 0 where never. */
    long switchesAt() {
        Standing at = states.standing();
        Deadline deadline = at == null ? null : Deadline.of(relationship, at);
        return deadline != null && deadline.event() instanceof FailoverEvent.SafePeriodOver ? deadline.at() : 0;
    }

    /** Whether the partner is told of changes as they happen: while it recovers, and has not asked, it is not. */
    private static boolean isToldLazily(Standing at) {
        var partners = at.kept().partner();
        if (partners == null) {
            return false;
        }
        boolean mine = switch (at.state()) {
            case NORMAL, COMMUNICATIONS_INTERRUPTED, PARTNER_DOWN, CONFLICT_DONE -> true;
            default -> false;
        };
        boolean theirs = switch (partners) {
            case NORMAL, RECOVER_WAIT, RECOVER_DONE -> true;
            default -> false;
        };
        return mine && theirs;
    }

    /** Whether a store that has taken nothing for so many seconds keeps its server from its clients for too long. */
    boolean isOverdue(long storageBusy) {
        return storageBusy > 0 && storageBusy * MILLISECONDS_OF_SECOND >= relationship.silenceMillis();
    }

    /** The clock was set. */
    void clockStepped(long seconds, Consumer<Effect> effects) {
        states.clockStepped(seconds);
        clockSteps++;
        leadTime.clockStepped(seconds);
        retries = 0;
        balance.missing();
        line.clockStepped(seconds, effects);
    }

    /** An address was missing for a client of this server. */
    void missesAddress() {
        balance.missing();
    }

    boolean isIsc() {
        return relationship.partnerKind() == PartnerKind.ISC;
    }

    @Override
    public String toString() {
        return "relationship " + name;
    }
}
