package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.LeaseEvent.Action;
import io.dhcpfailover.node.failover.Service.Answers;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.Offer;
import io.dhcpfailover.node.lease.Pool;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.scope.ServedScope;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * RELEASE and DECLINE (RFC 2131, sections 4.3.3 and 4.3.4). Nobody answers them, so nobody could tell a client that it
 * was not believed: they count only from the client that has the address, and for this server.
 */
final class Returns {

    /** For how long an address is given to nobody that somebody else was found to use: as long as ISC dhcpd does. */
    static final long ABANDONED_SECONDS = 86_400;

    /** The same, once so many are abandoned that somebody may be after the whole pool. */
    static final long ABANDONED_SECONDS_OF_MANY = 60;

    /** That is a tenth of a pool, and not before a few. */
    private static final int MANY_SHARE = 10;

    private static final int MANY_MIN = 4;

    private final EngineState state;
    private final BindingTable table;
    private final Limits limits;

    Returns(EngineState state, Limits limits) {
        this.state = state;
        this.table = state.table();
        this.limits = limits;
    }

    Outcome release(Exchange exchange, Consumer<Effect> effects) {
        if (!exchange.hasAddress()) {
            return Outcome.INCOMPLETE;
        }
        Outcome not = whyNotMeant(exchange);
        Binding binding = table.find(exchange.packet().ciaddr());
        if (not != null || binding == null || !binding.isActiveFor(exchange.client())) {
            return not == null ? Outcome.NOT_ITS_ADDRESS : not;
        }
        Outcome limited = limits.ofRelease(exchange);
        if (limited != null) {
            return limited;
        }
        state.release(binding, exchange.now());
        state.trail().happened(Action.RELEASED, binding, exchange);
        effects.accept(new Effect.Store(StoredRecords.of(binding)));
        return Outcome.RELEASED;
    }

    /**
     * An administrator takes a leased address from its client, which does not hear of it before it wants to prolong its
     * lease.
     *
     * @return why that is refused; null where it is done
     */
    @Nullable String releaseFor(Ipv4Address address, long now, Consumer<Effect> effects) {
        Binding binding = table.find(address);
        String refusal = whyUnchangeable(binding, now);
        if (refusal != null || binding == null) {
            return refusal;
        }
        if (binding.state() != BindingState.ACTIVE) {
            return address + " is " + binding.state() + " and no client's: there is nothing to release";
        }
        state.trail().happened(Action.ADMINISTRATOR_RELEASED, binding, now);
        state.release(binding, now);
        effects.accept(new Effect.Store(StoredRecords.of(binding)));
        return null;
    }

    /**
     * An administrator says that nobody uses an address any more which somebody was found to use without a lease.
     *
     * @return why that is refused; null where it is done
     */
    @Nullable String reset(Ipv4Address address, long now, Consumer<Effect> effects) {
        Binding binding = table.find(address);
        String refusal = whyUnchangeable(binding, now);
        if (refusal != null || binding == null) {
            return refusal;
        }
        if (binding.state() != BindingState.ABANDONED) {
            return address + " is " + binding.state() + " and not ABANDONED: there is nothing to reset";
        }
        state.trail().happened(Action.ADMINISTRATOR_RESET, binding, now);
        Partner partner = state.partner(address);
        if (partner == null || !partner.has(binding)) {
            table.free(binding, now);
        } else {
            partner.ends().end(binding, BindingState.RESET, now);
        }
        effects.accept(new Effect.Store(StoredRecords.of(binding)));
        return null;
    }

    private @Nullable String whyUnchangeable(@Nullable Binding binding, long now) {
        if (binding == null) {
            return "nothing is known of the address: no client of this server ever had it";
        }
        if (state.storageFailing()) {
            return "nothing can be stored now: see the server's log, and ask again when its disk takes writes";
        }
        Partner partner = state.partner(binding.address());
        return partner != null && partner.service(binding, now).answers() == Answers.NONE
                ? "this server answers no client of " + partner.name() + " now: ask its partner"
                : null;
    }

    Outcome decline(Exchange exchange, Consumer<Effect> effects) {
        Ipv4Address address = exchange.requestedAddress();
        if (address == null) {
            return Outcome.INCOMPLETE;
        }
        // Table 5 wants a server identifier; dhcpcd has none for a conflict that it finds after a reboot.
        Outcome not = exchange.serverIdentifier() == null ? null : whyNotMeant(exchange);
        Binding binding = table.find(address);
        if (not != null || binding == null || !isItsOwn(binding, exchange)) {
            return not == null ? Outcome.NOT_ITS_ADDRESS : not;
        }
        Outcome limited = limits.ofDecline(exchange);
        if (limited != null) {
            return limited;
        }
        state.trail().happened(Action.DECLINED, binding, exchange);
        ServedScope scope = state.configuration().scopes().ofAddress(address);
        if (scope != null && scope.isReserved(address)) {
            // Its client has no other: it is told the same address again until somebody removes who uses it.
            state.release(binding, exchange.now());
        } else {
            table.abandon(binding, exchange.now() + abandonedSeconds(binding.pool()), exchange.now());
            state.changed(binding);
        }
        effects.accept(new Effect.Store(StoredRecords.of(binding)));
        return Outcome.DECLINED;
    }

    /** For how long an address of a pool is given to nobody. */
    static long abandonedSeconds(@Nullable Pool pool) {
        boolean many = pool != null && pool.statistics().abandoned() >= Math.max(MANY_MIN, pool.total() / MANY_SHARE);
        return many ? ABANDONED_SECONDS_OF_MANY : ABANDONED_SECONDS;
    }

    private static boolean isItsOwn(Binding binding, Exchange exchange) {
        Offer offer = binding.offer();
        return binding.isActiveFor(exchange.client())
                || (offer != null && offer.client().equals(exchange.client()));
    }

    private @Nullable Outcome whyNotMeant(Exchange exchange) {
        Ipv4Address server = exchange.serverIdentifier();
        if (server == null) {
            return Outcome.INCOMPLETE;
        }
        return state.isMeant(exchange, server) ? null : Outcome.OTHER_SERVER;
    }
}
