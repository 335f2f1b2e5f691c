package io.dhcpfailover.node.engine;

import io.dhcpfailover.node.failover.LeaseTimes;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.Service;
import io.dhcpfailover.node.failover.Standing;
import io.dhcpfailover.node.lease.Agreement;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.StoredRecords;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ends leases between two partners. What has ended is nobody else's before the partner agrees; without a partner, in
 * PARTNER-DOWN, before that cannot have let the client have it any more (draft-ietf-dhc-failover-12, section 9.8).
 */
final class LeaseEnds {

    /** Leases that are ended in one go. */
    private static final int ENDED_MAX = 512;

    /** Places of the table that are looked at in one go. */
    private static final int PLACES_MAX = 20_000;

    private final Partner partner;
    private final BindingTable table;
    private final Deque<Binding> lapsed = new ArrayDeque<>();
    private int cursor;
    private long looked;

    LeaseEnds(Partner partner, BindingTable table) {
        this.partner = partner;
        this.table = table;
    }

    /** The time of a lease, or of an abandonment, has passed. */
    void lapsed(Binding binding) {
        lapsed.addLast(binding);
    }

    void flush(Standing standing, long now, Consumer<Effect> effects) {
        forget(now);
        List<byte[]> records = new ArrayList<>();
        if (ends(standing)) {
            endLapsed(now, records);
        } else if (partner.isIsc() && standing.state() == ServerState.NORMAL) {
            endForgotten(now, records);
        }
        if (standing.state() == ServerState.PARTNER_DOWN && now != looked) {
            looked = now;
            free(standing, now, records);
        }
        partner.store(records, effects);
    }

    private boolean ends(Standing standing) {
        return switch (standing.state()) {
            case NORMAL, COMMUNICATIONS_INTERRUPTED, PARTNER_DOWN, CONFLICT_DONE ->
                Service.expiresLeases(partner.relationship(), standing);
            default -> false;
        };
    }

    private static boolean hasLapsed(Binding binding, long now) {
        boolean ends = binding.state() == BindingState.ACTIVE || binding.state() == BindingState.ABANDONED;
        return ends && binding.end() != Binding.UNLIMITED && binding.end() <= now - Engine.GRACE_SECONDS;
    }

    /** Those that were prolonged, or that the partner has ended, meanwhile. */
    private void forget(long now) {
        while (!lapsed.isEmpty() && !hasLapsed(lapsed.getFirst(), now)) {
            lapsed.removeFirst();
        }
    }

    private void endLapsed(long now, List<byte[]> records) {
        for (int count = 0; count < ENDED_MAX && !lapsed.isEmpty(); count++) {
            Binding binding = lapsed.removeFirst();
            if (hasLapsed(binding, now) && partner.has(binding)) {
                boolean leased = binding.state() == BindingState.ACTIVE;
                end(binding, leased ? BindingState.EXPIRED : BindingState.RESET, now);
                records.add(StoredRecords.of(binding));
            }
        }
    }

    /**
     * ISC dhcpd as primary does not end what it once wanted to end and was refused; nor what it has as RELEASED, where
     * this server was not told. It accepts that from its partner, unless it has prolonged the lease (measured with
     * 4.4.3).
     */
    private void endForgotten(long now, List<byte[]> records) {
        for (int count = 0; count < ENDED_MAX && !lapsed.isEmpty(); count++) {
            Binding binding = lapsed.getFirst();
            if (hasLapsed(binding, now) && !hasLapsed(binding, now - LeaseTimes.SKEW_MAX)) {
                return;
            }
            lapsed.removeFirst();
            if (binding.state() == BindingState.ACTIVE && hasLapsed(binding, now) && partner.has(binding)) {
                end(binding, BindingState.EXPIRED, now);
                records.add(StoredRecords.of(binding));
            }
        }
    }

    /** The client does not have it any more, or nobody is found to use it without a lease. */
    void end(Binding binding, BindingState state, long now) {
        Agreement agreement = table.agreement(binding);
        table.turn(binding, state, now);
        // For whoever gets it next nothing is agreed yet; but what may have been promised still counts.
        agreement.setPotentials(most(agreement), 0, 0);
        partner.changed(binding);
    }

    private static long most(Agreement agreement) {
        return Math.max(agreement.sentPotential(), Math.max(agreement.ackedPotential(), agreement.receivedPotential()));
    }

    /** A part of the table at a time. */
    private void free(Standing standing, long now, List<byte[]> records) {
        long from = standing.kept().partnerDownFrom();
        long mclt = partner.partnersLeadTime(now);
        if (now - Engine.GRACE_SECONDS < from + mclt) {
            return;
        }
        for (int i = 0; i < PLACES_MAX && i < table.size(); i++) {
            cursor = cursor + 1 < table.size() ? cursor + 1 : 0;
            Binding binding = table.at(cursor);
            if (BindingMessages.isEnded(binding.state()) && partner.has(binding)) {
                if (reusable(binding, from, mclt) <= now - Engine.GRACE_SECONDS) {
                    table.agreement(binding).setPotentials(0, 0, 0);
                    table.turn(binding, BindingState.FREE, now);
                    partner.changed(binding);
                    records.add(StoredRecords.of(binding));
                }
            }
        }
    }

    /** A client that was heard here since the partner does not serve has no longer a lease than it got here. */
    private static long reusable(Binding binding, long from, long mclt) {
        LeaseTimes times = BindingMessages.times(binding);
        long after = from + Engine.GRACE_SECONDS;
        if (binding.state() == BindingState.RELEASED && binding.since() > after) {
            return binding.since();
        }
        return binding.lastTransaction() > after ? binding.end() : times.reusableInPartnerDown(from, mclt);
    }
}
