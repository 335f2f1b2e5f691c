package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.BindingVersion;
import io.dhcpfailover.node.failover.ConflictRules;
import io.dhcpfailover.node.failover.ConflictRules.Verdict;
import io.dhcpfailover.node.failover.ConflictRules.View;
import io.dhcpfailover.node.failover.message.BindingAnswer;
import io.dhcpfailover.node.failover.message.BindingUpdate;
import io.dhcpfailover.node.failover.message.Header;
import io.dhcpfailover.node.failover.message.Message.BindingAcknowledgement;
import io.dhcpfailover.node.failover.message.Message.BindingUpdates;
import io.dhcpfailover.node.failover.message.RejectReason;
import io.dhcpfailover.node.lease.Agreement;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.StoredRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** What the partner says of bindings: judged, stored, and then answered. */
final class IncomingUpdates {

    private final Partner partner;
    private final BindingTable table;
    private final PartnerLine line;
    private final UnnumberedUpdates unnumbered;
    private final LeaseTrail trail;

    IncomingUpdates(Partner partner, BindingTable table, PartnerLine line, LeaseTrail trail) {
        this.trail = trail;
        this.partner = partner;
        this.table = table;
        this.line = line;
        this.unnumbered = new UnnumberedUpdates(partner, table);
    }

    void receive(BindingUpdates message, long now, Consumer<Effect> effects) {
        long skew = line.skew();
        List<BindingAnswer> answers = new ArrayList<>(message.refused());
        List<byte[]> records = new ArrayList<>();
        partner.counters().refusalsSent += answers.size();
        for (BindingUpdate update : message.updates()) {
            LeaseTrail.Before before = LeaseTrail.Before.of(table.of(update.address()));
            BindingAnswer answer = answer(update, skew, now, records);
            answers.add(answer);
            partner.counters().updatesReceived++;
            if (answer.refusal() == null) {
                partner.counters().acksSent++;
                trail.partnerSaid(before, table.of(update.address()), now);
            } else {
                partner.counters().refusalsSent++;
            }
        }
        partner.store(records, effects);
        line.send(new BindingAcknowledgement(new Header(now, message.header().xid()), answers), effects);
    }

    private BindingAnswer answer(BindingUpdate update, long skew, long now, List<byte[]> records) {
        Binding binding = table.of(update.address());
        if (!partner.has(binding)) {
            return BindingAnswer.refused(
                    update.address(), RejectReason.ILLEGAL_ADDRESS, "not an address of this relationship");
        }
        partner.heardOf(update);
        BindingVersion version = update.version();
        if (version == null) {
            return unnumbered.answer(binding, update, skew, now, records);
        }
        View mine = BindingMessages.mine(binding, now);
        View received = BindingMessages.received(update, skew, now);
        partner.changes().know(version);
        BindingVersion myVersion = Changes.versionOf(binding.agreement());
        boolean agreed = binding.agreement() != null && !binding.agreement().pending();
        boolean yields = agreed && partner.scopes().shared().yields(binding);
        boolean apart = version.against(myVersion) == BindingVersion.Order.CONCURRENT;
        boolean concurrent = apart && !yields;
        if (concurrent && ConflictRules.isClash(mine, received)) {
            partner.clashed(binding, mine, received, now);
        }
        Verdict verdict = apart && yields
                ? Verdict.ACCEPT
                : ConflictRules.judge(partner.self(), mine, myVersion, received, version, now);
        if (verdict == Verdict.ACCEPT) {
            if (version.equals(myVersion)) {
                same(binding, update, skew, now);
            } else {
                take(binding, update, skew, now);
            }
            if (concurrent) {
                settle(binding, myVersion.with(version), mine, received);
            }
            records.add(StoredRecords.of(binding));
            return BindingAnswer.accepted(update.address());
        }
        if (concurrent) {
            settle(binding, myVersion.with(version), mine, received);
            records.add(StoredRecords.of(binding));
        }
        return refusal(update, verdict);
    }

    static BindingAnswer refusal(BindingUpdate update, Verdict verdict) {
        return switch (verdict) {
            case FATAL_CONFLICT ->
                BindingAnswer.refused(update.address(), RejectReason.FATAL_CONFLICT, "another client has it");
            case OUTDATED ->
                BindingAnswer.refused(
                        update.address(), RejectReason.OUTDATED_BINDING_INFORMATION, "what is known here is later");
            case LESS_CRITICAL, ACCEPT ->
                BindingAnswer.refused(
                        update.address(),
                        RejectReason.LESS_CRITICAL_BINDING_INFORMATION,
                        "what is known here counts more");
        };
    }

    /** Both have what each of them says; where it differs by what clocks do to times, the primary's holds. */
    private void same(Binding binding, BindingUpdate update, long skew, long now) {
        boolean unknown = binding.agreement() == null;
        boolean ended = update.status() == BindingState.FREE || BindingMessages.isEnded(update.status());
        if (ended && BindingMessages.isEnded(binding.state())) {
            // Each has said so: both agree.
            table.turn(binding, BindingState.FREE, binding.since());
            table.agreement(binding).setPotentials(0, 0, 0);
        } else if (partner.self() == ServerRole.Secondary || unknown) {
            take(binding, update, skew, now);
        }
        table.agreement(binding).setPending(false);
    }

    private void take(Binding binding, BindingUpdate update, long skew, long now) {
        var client = BindingMessages.client(update);
        boolean same = client != null && binding.isOf(client.identity());
        boolean goesOn = same && binding.state() == BindingState.ACTIVE;
        boolean active = update.status() == BindingState.ACTIVE;
        Agreement agreement = table.agreement(binding);
        long potential = active ? PartnerLine.local(update.potentialExpiration(), skew) : 0;
        long said = Math.max(
                agreement.sentPotential(), Math.max(agreement.ackedPotential(), agreement.receivedPotential()));
        if (!active) {
            agreement.setPotentials(0, 0, 0);
        } else if (goesOn) {
            agreement.setPotentials(agreement.sentPotential(), agreement.ackedPotential(), potential);
        } else {
            // The partner may go on with what it was told of the same client before that ended here.
            agreement.setPotentials(same ? said : 0, 0, potential);
        }
        if (update.version() != null) {
            Changes.set(agreement, update.version());
        }
        agreement.setPending(false);
        table.take(binding, BindingMessages.word(update, skew), now);
        table.setByPartner(binding, update.status() == BindingState.ACTIVE);
    }

    /**
     * Each had changed it without knowing of the other: from now on what holds contains both changes, and the partner is
     * told so. A client that both let have the address may have it for as long as either said.
     */
    private void settle(Binding binding, BindingVersion version, View mine, View received) {
        if (mine.state() == BindingState.ACTIVE
                && received.state() == BindingState.ACTIVE
                && Objects.equals(mine.client(), received.client())) {
            table.prolong(binding, Math.max(mine.end(), received.end()));
        }
        Changes.set(table.agreement(binding), version);
        partner.outgoing().add(binding);
    }
}
