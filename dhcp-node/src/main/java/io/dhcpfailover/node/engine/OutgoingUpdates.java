package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.LeaseTimes;
import io.dhcpfailover.node.failover.message.BindingAnswer;
import io.dhcpfailover.node.failover.message.BindingUpdate;
import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.failover.message.Header;
import io.dhcpfailover.node.failover.message.Message.BindingAcknowledgement;
import io.dhcpfailover.node.failover.message.Message.BindingUpdates;
import io.dhcpfailover.node.failover.message.Message.UpdateDone;
import io.dhcpfailover.node.failover.message.MessageEncoder;
import io.dhcpfailover.node.lease.Agreement;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.StoredRecords;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the partner is to be told of bindings: each waits once, whatever becomes of it meanwhile, and is sent as it is
 * then, so that the memory is bounded by the number of bindings. Of one address one update is under way at a time, and in
 * all no more than the partner takes.
 */
final class OutgoingUpdates {

    /** Places of the table that are looked at in one go for what a request asks for. */
    private static final int PLACES_MAX = 50_000;

    /** Bindings that wait before more of a request are added. */
    private static final int WAITING_MAX = 1024;

    /**
     * Updates under way.
     *
     * @param xid of their message
     * @param sent when it was sent
     * @param first how many were taken from the queue before the first of them
     */
    private record Batch(long xid, long sent, long first, List<BindingUpdate> updates) {}

    private final Partner partner;
    private final BindingTable table;
    private final PartnerLine line;
    private final Deque<Binding> queue = new ArrayDeque<>();
    private final Deque<Batch> underWay = new ArrayDeque<>();
    private Deque<Binding> refused = new ArrayDeque<>();
    private long added;
    private long taken;
    private int unacked;

    /** The request that is being answered: its xid, or -1. */
    private long request = -1;

    /** Whether the partner has to be told all, because it has asked so and has not got it yet. */
    private boolean owesAll;

    private int cursor;
    private long target;

    OutgoingUpdates(Partner partner, BindingTable table, PartnerLine line) {
        this.partner = partner;
        this.table = table;
        this.line = line;
    }

    /** Bindings that the partner is to be told of. */
    int waiting() {
        return queue.size() + refused.size();
    }

    /** Updates that were sent and not answered. */
    int unacked() {
        return unacked;
    }

    /** When the first of those was sent; 0 where there is none. */
    long unackedSince() {
        Batch oldest = underWay.peekFirst();
        return oldest == null ? 0 : oldest.sent;
    }

    /** The partner does not know what is known here of a binding. */
    void add(Binding binding) {
        Agreement agreement = table.agreement(binding);
        agreement.setPending(true);
        enqueue(binding, agreement);
    }

    /** One that was not acknowledged before a restart. */
    void restored(Binding binding) {
        enqueue(binding, table.agreement(binding));
    }

    private void enqueue(Binding binding, Agreement agreement) {
        if (!agreement.queued() && !agreement.underWay()) {
            agreement.setQueued(true);
            queue.addLast(binding);
            added++;
        }
    }

    /** A point in the queue. */
    long mark() {
        return added;
    }

    /** Whether all that waited at that point has been answered. */
    boolean reached(long mark) {
        Batch oldest = underWay.peekFirst();
        return taken >= mark && (oldest == null || oldest.first >= mark);
    }

    /** What was sent of an address and is not answered; null where nothing is. */
    @Nullable BindingUpdate underWay(Ipv4Address address) {
        for (Batch batch : underWay) {
            for (BindingUpdate update : batch.updates) {
                if (update.address().equals(address)) {
                    return update;
                }
            }
        }
        return null;
    }

    /** The session is over: what was under way is told again in the next one. */
    void ended() {
        for (Iterator<Batch> last = underWay.descendingIterator(); last.hasNext(); ) {
            for (BindingUpdate update : last.next().updates.reversed()) {
                Binding binding = table.of(update.address());
                Agreement agreement = table.agreement(binding);
                agreement.setUnderWay(false);
                if (agreement.pending() && !agreement.queued()) {
                    agreement.setQueued(true);
                    queue.addFirst(binding);
                }
            }
        }
        underWay.clear();
        unacked = 0;
        request = -1;
        added = queue.size();
        taken = 0;
        retry();
    }

    /** What the partner refused is told it once more. */
    void retry() {
        Deque<Binding> again = refused;
        refused = new ArrayDeque<>();
        for (Binding binding : again) {
            Agreement agreement = table.agreement(binding);
            if (agreement.pending()) {
                enqueue(binding, agreement);
            }
        }
    }

    /** The partner asks for what it has not acknowledged, or for all; in place of what it asked before. */
    void requested(boolean all, long xid) {
        request = xid;
        owesAll |= all;
        if (owesAll) {
            cursor = 0;
            target = Long.MAX_VALUE;
            for (Binding binding : queue) {
                table.agreement(binding).setQueued(false);
            }
            taken += queue.size();
            queue.clear();
        } else {
            retry();
            cursor = table.size();
            target = added;
        }
    }

    /** Whether the partner waits for an answer to its request. */
    boolean isRequested() {
        return request >= 0;
    }

    /** Sends what may be sent. */
    void flush(boolean lazily, long now, Consumer<Effect> effects) {
        if (line.session() == null || !(lazily || isRequested())) {
            return;
        }
        if (isRequested()) {
            stream(now, effects);
        }
        boolean sent = true;
        while (sent && !queue.isEmpty()) {
            sent = sendBatch(now, effects);
        }
        if (isRequested() && target != Long.MAX_VALUE && reached(target)) {
            line.send(new UpdateDone(new Header(now, request)), effects);
            request = -1;
            owesAll = false;
        }
    }

    /** Adds what a request for all asks for, a part at a time. */
    private void stream(long now, Consumer<Effect> effects) {
        List<byte[]> records = new ArrayList<>();
        int end = Math.min(table.size(), cursor + PLACES_MAX);
        while (cursor < end && queue.size() < WAITING_MAX) {
            Binding binding = table.at(cursor);
            cursor++;
            boolean known = binding.agreement() != null || binding.client() != null;
            if (known && partner.has(binding)) {
                if (hold(binding, now)) {
                    records.add(StoredRecords.of(binding));
                }
                add(binding);
            }
        }
        if (cursor >= table.size() && target == Long.MAX_VALUE) {
            target = added;
        }
        partner.store(records, effects);
    }

    /**
     * A partner that asks for all has lost its leases, and with them what it let clients have on top of what is known
     * here: until it was lost, for no longer than MCLT. Nobody else gets the address before that has ended.
     *
     * @return whether anything changed
     */
    private boolean hold(Binding binding, long now) {
        boolean ended = BindingMessages.isEnded(binding.state()) && binding.client() != null;
        if (partner.isAlone() || !(ended || binding.state() == BindingState.ACTIVE)) {
            return false;
        }
        Agreement agreement = table.agreement(binding);
        long mclt = partner.partnersLeadTime(now);
        long last = new LeaseTimes(
                        0, agreement.sentPotential(), agreement.ackedPotential(), agreement.receivedPotential())
                .lastPossibleEnd(mclt);
        long end = last == LeaseTimes.NEVER ? Binding.UNLIMITED : Math.max(last, now + mclt);
        // What it had acknowledged, it does not know any more, and what it had said neither.
        agreement.setPotentials(
                Math.max(
                        agreement.sentPotential(), Math.max(agreement.ackedPotential(), agreement.receivedPotential())),
                0,
                0);
        if (ended || end > binding.end()) {
            table.prolong(binding, Math.max(end, binding.end()));
            if (ended) {
                table.turn(binding, BindingState.ACTIVE, now);
            }
            partner.changes().count(binding);
        }
        return true;
    }

    private boolean sendBatch(long now, Consumer<Effect> effects) {
        PartnerSession session = line.session();
        long room = session == null ? 0 : session.unackedUpdatesMax() - unacked;
        if (session == null || room <= 0) {
            return false;
        }
        int most = (int) Math.min(room, session.dialect().sentUpdatesMax());
        if (unacked > 0 && queue.size() < most && session.dialect() == Dialect.NATIVE) {
            // Each message costs both servers a sync; until the last one is answered, more gather for the next.
            return false;
        }
        long first = taken;
        List<Binding> bindings = new ArrayList<>();
        List<BindingUpdate> updates = new ArrayList<>();
        while (!queue.isEmpty() && updates.size() < most) {
            Binding binding = queue.removeFirst();
            taken++;
            Agreement agreement = table.agreement(binding);
            agreement.setQueued(false);
            if (agreement.pending() && !agreement.underWay() && partner.has(binding)) {
                bindings.add(binding);
                updates.add(BindingMessages.update(binding, partner.isReserved(binding)));
            }
        }
        if (updates.isEmpty()) {
            return !queue.isEmpty();
        }
        int fitting = MessageEncoder.fitting(updates, session.dialect());
        for (Binding binding : bindings.subList(fitting, bindings.size()).reversed()) {
            table.agreement(binding).setQueued(true);
            queue.addFirst(binding);
            taken--;
        }
        List<BindingUpdate> sent = List.copyOf(updates.subList(0, fitting));
        for (Binding binding : bindings.subList(0, fitting)) {
            Agreement agreement = table.agreement(binding);
            agreement.setUnderWay(true);
            agreement.setTold();
        }
        BindingUpdates message = new BindingUpdates(line.next(now), sent);
        underWay.addLast(new Batch(message.header().xid(), now, first, sent));
        unacked += sent.size();
        partner.counters().updatesSent += sent.size();
        line.send(message, effects);
        return true;
    }

    /** The partner answers. */
    void answered(BindingAcknowledgement message, Consumer<Effect> effects) {
        Batch batch = find(message.header().xid());
        if (batch == null) {
            partner.counters().updatesDropped++;
            return;
        }
        underWay.remove(batch);
        unacked -= batch.updates.size();
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < batch.updates.size(); i++) {
            BindingUpdate update = batch.updates.get(i);
            BindingAnswer answer = answer(message.answers(), i, update);
            Binding binding = table.of(update.address());
            table.agreement(binding).setUnderWay(false);
            if (answer != null && answer.refusal() == null) {
                partner.counters().acksReceived++;
                accepted(binding, update);
                records.add(StoredRecords.of(binding));
            } else {
                partner.counters().refusalsReceived++;
                refused(binding, update);
            }
        }
        partner.store(records, effects);
    }

    private @Nullable Batch find(long xid) {
        for (Batch batch : underWay) {
            if (batch.xid == xid) {
                return batch;
            }
        }
        return null;
    }

    /** Answers come in the order of the updates, mostly. */
    private static @Nullable BindingAnswer answer(List<BindingAnswer> answers, int place, BindingUpdate update) {
        if (place < answers.size() && answers.get(place).address().equals(update.address())) {
            return answers.get(place);
        }
        for (BindingAnswer answer : answers) {
            if (answer.address().equals(update.address())) {
                return answer;
            }
        }
        return null;
    }

    private void accepted(Binding binding, BindingUpdate update) {
        Agreement agreement = table.agreement(binding);
        if (update.version() != null) {
            partner.changes().acknowledge(update.version());
        }
        boolean active = update.status() == BindingState.ACTIVE;
        if (active && binding.state() == BindingState.ACTIVE && isOfSameClient(binding, update)) {
            agreement.setPotentials(
                    agreement.sentPotential(), update.potentialExpiration(), agreement.receivedPotential());
        }
        if (!Changes.versionOf(agreement).equals(update.version())) {
            if (agreement.pending()) {
                enqueue(binding, agreement);
            }
            return;
        }
        agreement.setPending(false);
        if (BindingMessages.isEnded(binding.state())) {
            // Both have agreed: from now on somebody else may have it.
            table.turn(binding, BindingState.FREE, binding.since());
        }
        if (!active) {
            agreement.setPotentials(0, 0, 0);
        }
    }

    private static boolean isOfSameClient(Binding binding, BindingUpdate update) {
        var client = BindingMessages.client(update);
        return client != null && binding.isOf(client.identity());
    }

    private void refused(Binding binding, BindingUpdate update) {
        Agreement agreement = table.agreement(binding);
        if (!agreement.pending()) {
            return;
        }
        if (Changes.versionOf(agreement).equals(update.version())) {
            refused.addLast(binding);
        } else {
            enqueue(binding, agreement);
        }
    }
}
