package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.failover.ServerState.NORMAL;
import static io.dhcpfailover.node.failover.ServerState.PARTNER_DOWN;
import static io.dhcpfailover.node.failover.ServerState.RECOVER;
import static io.dhcpfailover.node.failover.ServerState.RECOVER_DONE;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.ConflictRules.View;
import io.dhcpfailover.node.failover.Deadline;
import io.dhcpfailover.node.failover.Decision;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.failover.Service;
import io.dhcpfailover.node.failover.Standing;
import io.dhcpfailover.node.failover.StateAction;
import io.dhcpfailover.node.failover.StateMachine;
import io.dhcpfailover.node.failover.message.BindingUpdate;
import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.Terms;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.Pool;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.scope.ServedScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A relationship as its server lives it: decides on what happens, one thing after the other, each only once what the one
 * before changed is on disk.
 */
final class Partner {

    /** What happens, when it is its turn. */
    private interface Happening {
        void happen(long now, Consumer<Effect> effects);
    }

    /** A decision whose record is being stored. */
    private record Waiting(long number, Decision decision) {}

    /** Messages that may wait for a record to be stored: a partner that keeps to its limit has fewer under way. */
    private static final int QUEUE_MAX = 1024;

    /** Records that go to the disk as one. */
    private static final int RECORDS_TOGETHER = 512;

    /** Seconds after which the partner is told again what it refused. */
    private static final long RETRY_SECONDS = 30;

    private final String name;
    private final BindingTable table;
    private final LongSupplier numbers;
    private final PartnerLine line;
    private final Changes changes;
    private final OutgoingUpdates outgoing;
    private final IncomingUpdates incoming;
    private final AddressBalance balance;
    private final LeaseEnds ends;
    private final Grants grants;
    private final Counters counters = new Counters();
    private final Clashes clashes = new Clashes();
    private final Deque<Happening> queue = new ArrayDeque<>();
    private final RelationshipState.@Nullable Named found;
    private Relationship relationship;
    private final SharedScopes scopes = new SharedScopes();
    private final SharedScopes.@Nullable Stored foundScopes;
    private final LeadTime leadTime;
    private @Nullable Standing standing;
    private @Nullable Waiting waiting;
    private FailoverEvent.@Nullable Heard heldBack;
    private long heldBackMark;
    private final List<ServedScope> joined = new ArrayList<>();
    private long sessions;
    private long clockSteps;
    private boolean tells;
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
     */
    Partner(
            String name,
            Relationship relationship,
            BindingTable table,
            RelationshipState.@Nullable Named found,
            SharedScopes.@Nullable Stored foundScopes,
            LongSupplier numbers) {
        this.name = name;
        this.relationship = relationship;
        this.table = table;
        this.found = found;
        this.foundScopes = foundScopes;
        this.leadTime = new LeadTime(relationship.mclt());
        if (foundScopes != null) {
            leadTime.restore(foundScopes.leadTime());
        }
        this.numbers = numbers;
        line = new PartnerLine(name);
        changes = new Changes(table, relationship.self());
        outgoing = new OutgoingUpdates(this, table, line);
        incoming = new IncomingUpdates(this, table, line);
        balance = new AddressBalance(this, table, line);
        ends = new LeaseEnds(this, table);
        grants = new Grants(this, table);
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
        return standing;
    }

    /** What a snapshot has to hold of it: also what is only being stored. Null before its start. */
    byte @Nullable [] record() {
        Waiting next = waiting;
        Standing at = next == null ? standing : next.decision.next();
        return at == null ? null : at.kept().encode(name, self());
    }

    /**
     * Is as it is told from now on.
     *
     * @param served networks of the scopes that this server had before
     */
    void configure(Relationship next, Collection<ServedScope> its, Set<Ipv4Address> served) {
        if (!next.equals(relationship)) {
            relationship = next;
            leadTime.configure(next.mclt());
            balance.want();
            tells = true;
        }
        if (standing == null && waiting == null) {
            Set<Ipv4Address> known = found == null || foundScopes == null ? null : foundScopes.networks();
            scopes.begin(its, known, known == null ? served : used(its));
            return;
        }
        List<Ipv4Address> before = scopes.networks();
        List<ServedScope> came = scopes.configure(its, served);
        joined.addAll(came);
        if (isIsc()) {
            // It does not say which scopes it has.
            scopes.shareAll();
        }
        tells |= !before.equals(scopes.networks());
    }

    /** Networks in which a client has, or had, an address. */
    private Set<Ipv4Address> used(Collection<ServedScope> its) {
        Set<Ipv4Address> used = new HashSet<>();
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            for (ServedScope scope : its) {
                if (binding.client() != null && scope.spec().subnet().contains(binding.address())) {
                    used.add(scope.spec().subnet().network());
                }
            }
        }
        return used;
    }

    /** What both may know of the scopes that came; before the partner hears that this server has them. */
    private void join(Consumer<Effect> effects) {
        if (joined.isEmpty()) {
            return;
        }
        List<byte[]> records = new ArrayList<>();
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            for (ServedScope scope : joined) {
                if (scope.spec().subnet().contains(binding.address())) {
                    start(binding, scopes.isJoining(scope));
                    records.add(StoredRecords.of(binding));
                }
            }
        }
        joined.clear();
        store(records, effects);
        adopt(effects);
    }

    /** Nothing is agreed with this partner of an address; where it was not served here, nothing is known of it. */
    private void start(Binding binding, boolean forgets) {
        if (forgets) {
            table.take(binding, new BindingTable.Word(BindingState.FREE, null, 0, 0, 0), 0);
        } else if (binding.state() == BindingState.BACKUP || BindingMessages.isEnded(binding.state())) {
            table.turn(binding, BindingState.FREE, binding.since());
        }
        table.forgetAgreement(binding);
    }

    /** The pools of its scopes. */
    List<Pool> pools() {
        return scopes.all().stream().map(table::pool).toList();
    }

    /** The pools of which both give addresses. */
    List<Pool> sharedPools() {
        return scopes.shared().stream().map(table::pool).toList();
    }

    /** Whether the address is one of the relationship's. */
    boolean has(Binding binding) {
        return scopes.has(binding);
    }

    boolean isReserved(Binding binding) {
        ServedScope scope = scopes.of(binding.address());
        return scope != null && scope.isReserved(binding.address());
    }

    /** The relationship with the MCLT by which the partner may have let clients have addresses. */
    private Relationship cautious(long now) {
        long mclt = leadTime.ofPartner(now);
        return mclt == relationship.mclt() ? relationship : relationship.withMclt(mclt);
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

    /** A record of its scopes, for a snapshot. */
    byte[] scopesRecord() {
        return scopes.record(name, leadTime.kept());
    }

    private void begin(long now, Consumer<Effect> effects) {
        boolean known = false;
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            if (has(binding)) {
                if (found == null && binding.agreement() != null) {
                    start(binding, false);
                }
                known |= binding.state() == BindingState.ACTIVE || binding.client() != null;
                if (binding.agreement() != null) {
                    changes.know(Changes.versionOf(binding.agreement()));
                }
            }
        }
        RelationshipState kept = found == null ? null : found.state();
        if (found != null && found.self() != self()) {
            // The store of the other server: what this one gave is not in it.
            kept = RelationshipState.unknown(true, now);
        } else if (kept == null) {
            // Without a scope it cannot have served anybody whom it does not know.
            boolean lost = !scopes.networks().isEmpty();
            kept = known ? RelationshipState.alone(now) : RelationshipState.unknown(lost, now);
        }
        adopt(effects);
        effects.accept(new Effect.Store(scopesRecord()));
        Decision decision = StateMachine.start(kept, Math.min(now, table.latest()), now);
        settle(new Decision(decision.next(), true, decision.actions()), now, effects);
    }

    /** Tells the partner all that it may not know: what was not acknowledged, and what was given without a partner. */
    private void adopt(Consumer<Effect> effects) {
        List<byte[]> records = new ArrayList<>();
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            if (!has(binding)) {
                continue;
            }
            if (binding.agreement() == null) {
                if (binding.state() != BindingState.FREE || binding.client() != null) {
                    changed(binding);
                    records.add(StoredRecords.of(binding));
                }
            } else if (table.agreement(binding).pending()) {
                outgoing.restored(binding);
            }
        }
        store(records, effects);
    }

    /** Has something happen, once it is its turn. */
    private void submit(Happening happening, long now, Consumer<Effect> effects) {
        if (waiting == null && queue.isEmpty() && standing != null) {
            happening.happen(now, effects);
        } else {
            queue.addLast(happening);
        }
    }

    /** Has happen next what follows from something whose turn it is. */
    private void follow(FailoverEvent event, long now, Consumer<Effect> effects) {
        if (waiting == null && standing != null) {
            decide(event, now, effects);
        } else {
            queue.addFirst((then, out) -> decide(event, then, out));
        }
    }

    private @Nullable String decide(FailoverEvent event, long now, Consumer<Effect> effects) {
        Standing at = standing;
        Relationship longest = cautious(now);
        return at == null ? null : settle(StateMachine.decide(longest, at, event, now), now, effects);
    }

    /** Why it is refused; null where it is not. */
    private @Nullable String settle(Decision decision, long now, Consumer<Effect> effects) {
        if (decision.durable()) {
            long number = numbers.getAsLong();
            waiting = new Waiting(number, decision);
            effects.accept(new Effect.StoreThenTell(decision.next().kept().encode(name, self()), number));
            return null;
        }
        return take(decision, now, effects);
    }

    /** A record is durable. */
    void stored(long number, long now, Consumer<Effect> effects) {
        Waiting stored = waiting;
        if (stored == null || stored.number != number) {
            return;
        }
        waiting = null;
        take(stored.decision, now, effects);
        while (waiting == null && !queue.isEmpty()) {
            queue.removeFirst().happen(now, effects);
        }
    }

    private @Nullable String take(Decision decision, long now, Consumer<Effect> effects) {
        Standing before = standing;
        standing = decision.next();
        if (before != null && before.kept().state() != decision.next().kept().state()) {
            counters.transitions++;
        }
        String refusal = null;
        for (StateAction action : decision.actions()) {
            switch (action) {
                case StateAction.SendState state -> tell(state, now, effects);
                case StateAction.RequestUpdates request -> {
                    Message message = request.all()
                            ? new Message.UpdateRequestAll(line.next(now))
                            : new Message.UpdateRequest(line.next(now));
                    requested = message.header().xid();
                    clientsHeard = false;
                    line.send(message, effects);
                }
                case StateAction.SendPendingUpdates pending -> outgoing.retry();
                case StateAction.BalanceAddresses balanced -> balance.want();
                case StateAction.DropLink drop -> line.drop("only a new session leads on from here", effects);
                case StateAction.Refuse refuse -> refusal = refuse.reason();
            }
        }
        return refusal;
    }

    private void tell(StateAction.SendState state, long now, Consumer<Effect> effects) {
        Terms terms = new Terms(changes.partners(), leadTime.own(), isAlone(), scopes.networks());
        long since = Math.clamp(state.since(), 0, Binding.UNLIMITED);
        line.send(new Message.State(line.next(now), state.state(), state.startup(), since, terms), effects);
    }

    /** Whether it never had a partner: it served alone, or nobody, since the relationship exists. */
    boolean isAlone() {
        Standing at = standing;
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
        long number = sessions;
        long steps = clockSteps;
        submit(
                (then, out) -> {
                    if (number == sessions) {
                        line.begin(session);
                        if (steps != clockSteps) {
                            line.drop("the clock was set since the session began", out);
                        }
                        decide(new FailoverEvent.Connected(), then, out);
                    }
                },
                now,
                effects);
    }

    void sessionEnded(long lastHeard, long now, Consumer<Effect> effects) {
        // At once: what is said from now on would be said in another session.
        line.end();
        sessions++;
        submit(
                (then, out) -> {
                    outgoing.ended();
                    requested = -1;
                    scopesRequested = -1;
                    heldBack = null;
                    decide(new FailoverEvent.LinkLost(Math.min(lastHeard, then)), then, out);
                },
                now,
                effects);
    }

    void heard(Message message, long now, Consumer<Effect> effects) {
        if (queue.size() >= QUEUE_MAX) {
            counters.updatesDropped++;
            line.drop("the partner sends more than it may before it is answered", effects);
            return;
        }
        submit((then, out) -> hear(message, then, out), now, effects);
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
            boolean otherScopes = scopes.heard(terms.scopes());
            leadTime.ofPartner(now);
            if (otherTime || otherScopes) {
                effects.accept(new Effect.Store(scopesRecord()));
            }
        }
        if (terms != null && terms.knownChange() > changes.own()) {
            // The partner knows of changes made here that this store does not have.
            changes.knowOwn(terms.knownChange());
            Standing at = standing;
            if (at != null && !at.kept().storeLost()) {
                decide(new FailoverEvent.StoreLost(), now, effects);
            }
        }
        long since = PartnerLine.local(state.since(), line.skew());
        FailoverEvent.Heard heard = new FailoverEvent.Heard(state.state(), state.startup(), since);
        followOrHoldBack(heard, now, effects);
    }

    /**
     * A partner that comes back serves as soon as it hears that this server is in NORMAL. Before that it has to know
     * which of its addresses were given away here.
     */
    private void followOrHoldBack(FailoverEvent.Heard heard, long now, Consumer<Effect> effects) {
        heldBack = null;
        boolean comesBack = heard.state() == RECOVER_DONE && !heard.startup();
        if (comesBack && !isNormal() && !outgoing.reached(outgoing.mark())) {
            heldBack = heard;
            heldBackMark = outgoing.mark();
        } else {
            follow(heard, now, effects);
        }
    }

    private boolean isNormal() {
        Standing at = standing;
        return at != null && at.state() == NORMAL;
    }

    private void finish(Message.UpdateDone done, long now, Consumer<Effect> effects) {
        if (done.header().xid() == scopesRequested) {
            scopesRequested = -1;
            if (scopes.answered()) {
                effects.accept(new Effect.Store(scopesRecord()));
            }
        }
        if (done.header().xid() == requested) {
            requested = -1;
            scopes.shareAll();
            effects.accept(new Effect.Store(scopesRecord()));
            decide(new FailoverEvent.UpdatesDone(isNothingKnown()), now, effects);
        }
    }

    /** Whether neither server has, or had, a client: a partner in any other state than RECOVER may have served some. */
    private boolean isNothingKnown() {
        Standing at = standing;
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
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            if (binding.client() != null && has(binding)) {
                return false;
            }
        }
        return true;
    }

    /** What an administrator or the cluster says; why it is refused, null where it is not. */
    @Nullable String happened(FailoverEvent event, long now, Consumer<Effect> effects) {
        if (standing == null || waiting != null || !queue.isEmpty()) {
            return "the relationship is just changing its state: ask again";
        }
        return decide(event, now, effects);
    }

    /** What a client may be told now: while a change of the state is being stored, what it may before and after. */
    Service service(long now) {
        Standing at = standing;
        if (at == null) {
            return new Service(Service.Answers.NONE, Service.Fresh.NONE);
        }
        Service before = limited(serviceOf(at, now));
        Waiting next = waiting;
        if (next == null) {
            return before;
        }
        Service after = serviceOf(next.decision.next(), now);
        return new Service(
                after.answers() == Service.Answers.NONE ? after.answers() : before.answers(),
                before.fresh().compareTo(after.fresh()) < 0 ? before.fresh() : after.fresh());
    }

    private Service serviceOf(Standing at, long now) {
        return Service.of(cautious(now), at, now - Engine.GRACE_SECONDS);
    }

    /** The same in one of its scopes. */
    Service service(ServedScope scope, long now) {
        Standing at = standing;
        return scopes.service(scope, service(now), at != null && at.state() == PARTNER_DOWN);
    }

    /** The same for an address. */
    Service service(Binding binding, long now) {
        ServedScope scope = scopes.of(binding.address());
        return scope == null ? service(now) : service(scope, now);
    }

    private Service limited(Service service) {
        boolean holdsBack = heldBack != null && service.fresh() == Service.Fresh.OWN_AND_PARTNERS;
        return holdsBack ? new Service(service.answers(), Service.Fresh.OWN) : service;
    }

    /** Does what is due. */
    void flush(long now, boolean storageFailing, Consumer<Effect> effects) {
        if (standing == null && waiting == null) {
            begin(now, effects);
        }
        meetDeadline(now, effects);
        Standing at = standing;
        if (at == null) {
            return;
        }
        leadTime.ofPartner(now);
        join(effects);
        tellAgain(at, now, effects);
        if (!storageFailing) {
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
        boolean normal = isNormal() && at.linked() && waiting == null && !storageFailing;
        if (normal) {
            askForBindings(now, effects);
            balance.flush(now, effects);
        }
        outgoing.flush(heldBack != null || (at.linked() && isToldLazily(at)), now, effects);
        while (waiting == null && !queue.isEmpty()) {
            queue.removeFirst().happen(now, effects);
        }
        FailoverEvent.Heard held = heldBack;
        if (held != null && line.session() != null && outgoing.reached(heldBackMark)) {
            heldBack = null;
            follow(held, now, effects);
        }
    }

    /** What changed of what goes with a state. */
    private void tellAgain(Standing at, long now, Consumer<Effect> effects) {
        if (tells && waiting == null) {
            tells = false;
            effects.accept(new Effect.Store(scopesRecord()));
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
        if (scopes.asksForBindings() && scopesRequested < 0 && requested < 0) {
            Message message = new Message.UpdateRequest(line.next(now));
            scopesRequested = message.header().xid();
            scopes.asked();
            line.send(message, effects);
        }
    }

    private void meetDeadline(long now, Consumer<Effect> effects) {
        Standing at = standing;
        if (at == null || waiting != null || !queue.isEmpty()) {
            return;
        }
        Deadline deadline = Deadline.of(cautious(now), at);
        boolean waits = deadline != null && deadline.event() instanceof FailoverEvent.WaitOver;
        if (deadline != null && deadline.at() + (waits ? Engine.GRACE_SECONDS : 0) <= now) {
            decide(deadline.event(), now, effects);
        }
    }

    /** When it takes its partner for down by itself; 0 where never. */
    long switchesAt() {
        Standing at = standing;
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

    /** The clock was set. */
    void clockStepped(long seconds, Consumer<Effect> effects) {
        Standing at = standing;
        Waiting next = waiting;
        if (at != null) {
            standing = shifted(at, seconds);
        }
        if (next != null) {
            Decision decision = next.decision;
            waiting = new Waiting(
                    next.number,
                    new Decision(shifted(decision.next(), seconds), decision.durable(), decision.actions()));
        }
        clockSteps++;
        leadTime.clockStepped(seconds);
        retries = 0;
        balance.missing();
        line.clockStepped(seconds, effects);
    }

    private static Standing shifted(Standing at, long seconds) {
        return new Standing(
                at.kept().shifted(seconds),
                at.startup(),
                at.linked(),
                at.told(),
                at.asked(),
                at.updated(),
                at.aloneSince() + seconds);
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
