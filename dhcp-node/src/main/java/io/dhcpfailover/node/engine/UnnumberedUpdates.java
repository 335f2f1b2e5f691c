package io.dhcpfailover.node.engine;

import io.dhcpfailover.node.failover.ConflictRules;
import io.dhcpfailover.node.failover.ConflictRules.Verdict;
import io.dhcpfailover.node.failover.ConflictRules.View;
import io.dhcpfailover.node.failover.IscConflicts;
import io.dhcpfailover.node.failover.message.BindingAnswer;
import io.dhcpfailover.node.failover.message.BindingUpdate;
import io.dhcpfailover.node.lease.Agreement;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.BindingTable.Word;
import io.dhcpfailover.node.lease.StoredRecords;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What ISC dhcpd says of bindings, whose updates have no version. */
final class UnnumberedUpdates {

    private final Partner partner;
    private final BindingTable table;

    UnnumberedUpdates(Partner partner, BindingTable table) {
        this.partner = partner;
        this.table = table;
    }

    /** Takes or refuses one. What is to be stored before the answer leaves comes to {@code records}. */
    BindingAnswer answer(Binding binding, BindingUpdate update, long skew, long now, List<byte[]> records) {
        if (!isNews(binding, update)) {
            return BindingAnswer.accepted(update.address());
        }
        View mine = BindingMessages.mine(binding, now);
        View received = BindingMessages.received(update, skew, now);
        View sent = sent(update, now);
        boolean unknown = isUnknown(binding);
        if (unknown && ConflictRules.isClash(mine, received)) {
            partner.clashed(binding, mine, received, now);
        }
        Verdict verdict = IscConflicts.judge(
                partner.self(), new IscConflicts.Mine(mine, isByPartner(binding), unknown, sent), received, now);
        boolean bothServe = mine.state() == BindingState.ACTIVE
                && received.state() == BindingState.ACTIVE
                && Objects.equals(mine.client(), received.client());
        if (verdict == Verdict.ACCEPT) {
            boolean again = sent != null && IscConflicts.tookEachOthers(partner.self(), sent, received);
            take(binding, update, skew, now, bothServe ? mine : null);
            if (again) {
                Agreement agreement = table.agreement(binding);
                agreement.setPotentials(
                        Math.max(agreement.sentPotential(), binding.end()),
                        agreement.ackedPotential(),
                        agreement.receivedPotential());
                partner.outgoing().add(binding);
            }
            records.add(StoredRecords.of(binding));
            return BindingAnswer.accepted(update.address());
        }
        if (bothServe && received.end() > mine.end()) {
            // The client may have heard either of the two.
            table.prolong(binding, received.end());
            partner.changed(binding);
            records.add(StoredRecords.of(binding));
        }
        return IncomingUpdates.refusal(update, verdict);
    }

    /** It tells of every address, used or not. */
    private static boolean isNews(Binding binding, BindingUpdate update) {
        return binding.agreement() != null
                || binding.state() != BindingState.FREE
                || update.status() != BindingState.FREE
                || update.hardwareAddress() != null;
    }

    private @Nullable View sent(BindingUpdate update, long now) {
        BindingUpdate sent = partner.outgoing().underWay(update.address());
        return sent == null ? null : BindingMessages.received(sent, 0, now);
    }

    private static boolean isUnknown(Binding binding) {
        Agreement agreement = binding.agreement();
        return agreement == null ? binding.state() != BindingState.FREE : agreement.pending();
    }

    private static boolean isByPartner(Binding binding) {
        Agreement agreement = binding.agreement();
        return agreement != null && agreement.byPartner();
    }

    /**
     * @param known what is known here of the same client's lease, which may have been told that it ends later; null where
     *     it has none
     */
    private void take(Binding binding, BindingUpdate update, long skew, long now, @Nullable View known) {
        boolean active = update.status() == BindingState.ACTIVE;
        boolean unknown = isUnknown(binding);
        Agreement agreement = table.agreement(binding);
        long potential = active ? PartnerLine.local(update.potentialExpiration(), skew) : 0;
        agreement.setPotentials(
                known == null ? 0 : agreement.sentPotential(),
                known == null ? 0 : agreement.ackedPotential(),
                potential);
        agreement.setPending(false);
        partner.changes().countPartners(binding);
        Word word = BindingMessages.word(update, skew);
        boolean later = known != null && (known.end() > word.end() || known.lastTransaction() > word.lastTransaction());
        if (known != null && later) {
            word = new Word(
                    word.state(),
                    word.client(),
                    Math.max(word.end(), known.end()),
                    Math.max(word.lastTransaction(), known.lastTransaction()),
                    word.since());
        }
        table.take(binding, word, now);
        table.setByPartner(binding, active);
        if (later && unknown) {
            partner.changed(binding);
        }
    }
}
