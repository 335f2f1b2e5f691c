package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.LeaseTimes;
import io.dhcpfailover.node.failover.Service;
import io.dhcpfailover.node.failover.Service.Fresh;
import io.dhcpfailover.node.lease.Agreement;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.lease.Offer;
import io.dhcpfailover.node.lease.Pool;
import org.jspecify.annotations.Nullable;

/** Which addresses a server may let clients have that it shares with a partner, and for how long. */
final class Grants {

    private final Partner partner;
    private final BindingTable table;

    Grants(Partner partner, BindingTable table) {
        this.partner = partner;
        this.table = table;
    }

    /** Whether nothing that is known of the address keeps this client from having it from this server. */
    boolean mayGive(Binding binding, ClientIdentity client, long now) {
        Offer offer = binding.offer();
        boolean held = offer != null && !offer.client().equals(client);
        Service service = partner.service(binding, now);
        return switch (binding.state()) {
            case ACTIVE -> binding.isOf(client);
            case FREE, BACKUP -> !held && owns(binding.state(), service);
            case EXPIRED, RELEASED ->
                binding.isOf(client) && !held && service.fresh() != Fresh.NONE && isNotGivenUp(binding);
            case ABANDONED, RESET -> false;
        };
    }

    /** The same of an address that is reserved for the client: nobody else gets it from the partner either. */
    boolean mayGiveToOwner(Binding binding, ClientIdentity client, long now) {
        boolean free = binding.state() == BindingState.FREE || binding.state() == BindingState.BACKUP;
        Offer offer = binding.offer();
        boolean held = offer != null && !offer.client().equals(client);
        return free ? !held && partner.service(now).fresh() != Fresh.NONE : mayGive(binding, client, now);
    }

    /** Whether it is one of those that this server may give to a client without one. */
    boolean isFree(Binding binding, long now) {
        boolean free = binding.state() == BindingState.FREE || binding.state() == BindingState.BACKUP;
        return free && owns(binding.state(), partner.service(binding, now));
    }

    private boolean owns(BindingState free, Service service) {
        ServerRole owner = free == BindingState.FREE ? ServerRole.Primary : ServerRole.Secondary;
        return switch (service.fresh()) {
            case NONE -> false;
            case OWN -> owner == partner.self();
            case OWN_AND_PARTNERS -> true;
        };
    }

    /** Once the partner may have agreed that it is free, an address is the primary's. */
    private boolean isNotGivenUp(Binding binding) {
        Agreement agreement = binding.agreement();
        return partner.self() == ServerRole.Primary || agreement == null || !agreement.told();
    }

    /** Whether the partner may have let a client have the address without this server knowing it yet. */
    boolean mayBePartners(Binding binding, long now) {
        return switch (binding.state()) {
            case ACTIVE, ABANDONED -> false;
            case FREE, BACKUP -> !owns(binding.state(), partner.service(binding, now));
            case EXPIRED, RELEASED, RESET -> true;
        };
    }

    /** How many addresses of a pool this server has left for clients without one. */
    int free(Pool pool, long now) {
        return switch (partner.service(pool.scope(), now).fresh()) {
            case NONE -> 0;
            case OWN -> partner.self() == ServerRole.Primary ? pool.free() : pool.backup();
            case OWN_AND_PARTNERS -> pool.free() + pool.backup();
        };
    }

    /** The address that is to be given next; its own before the partner's. Null where there is none. */
    @Nullable Binding next(Pool pool, long now) {
        Fresh fresh = partner.service(pool.scope(), now).fresh();
        if (fresh == Fresh.NONE) {
            return null;
        }
        Binding own = ofRole(pool, partner.self());
        return own == null && fresh == Fresh.OWN_AND_PARTNERS
                ? ofRole(pool, partner.relationship().partner())
                : own;
    }

    private @Nullable Binding ofRole(Pool pool, ServerRole role) {
        return role == ServerRole.Primary ? table.nextFree(pool) : pool.oldestBackup();
    }

    /** Until when a client may be told that it has an address, which gets it or prolongs its lease now. */
    long end(Binding binding, ClientIdentity client, long desired, long now) {
        if (!partner.has(binding)) {
            // Reserved for the client outside of what is shared: the partner can let nobody else have it.
            return LeaseTimes.NONE.end(desired, desired, now);
        }
        LeaseTimes times = binding.isActiveFor(client) ? BindingMessages.times(binding) : LeaseTimes.NONE;
        return times.end(desired, partner.clientsLeadTime(), now);
    }

    /**
     * A client was let have an address.
     *
     * @param before the state that the address had
     * @param prolonged whether the client had it already
     * @param lastEnd until when whoever had it before was told so
     * @param end until when the client is told so
     */
    void given(
            Binding binding, BindingState before, boolean prolonged, long lastEnd, long desired, long end, long now) {
        Agreement agreement = table.agreement(binding);
        if (prolonged && lastEnd > end) {
            // The client may never hear that it has less time than it was told before.
            table.prolong(binding, lastEnd);
        }
        long potential = Math.max(LeaseTimes.potential(desired, end, now), binding.end());
        long sent = agreement.sentPotential();
        if (prolonged) {
            agreement.setPotentials(
                    agreement.pending() ? Math.max(sent, potential) : potential,
                    agreement.ackedPotential(),
                    agreement.receivedPotential());
        } else if (BindingMessages.isEnded(before)) {
            // The partner did not agree that it had ended, and may still have let the client have it for longer.
            long promised = Math.max(agreement.ackedPotential(), agreement.receivedPotential());
            agreement.setPotentials(Math.max(Math.max(sent, potential), Math.max(promised, lastEnd)), 0, 0);
        } else {
            agreement.setPotentials(potential, 0, 0);
        }
        partner.changed(binding);
    }
}
