package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.lease.Offer;
import io.dhcpfailover.node.lease.Pool;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.scope.ServedScope.Answer;
import io.dhcpfailover.node.scope.ServedScope.ReservedAddress;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which address a client gets, by RFC 2131, section 4.3.1: the one that is reserved for it, the one that it has or had,
 * the one that it asks for, and then the one that has been free for longest.
 */
final class AddressChoice {

    /** An offer that nobody took goes to somebody else after so many seconds, where nothing else is free. */
    static final long HELD_AT_LEAST = 10;

    /** And after so many in any case. */
    static final long HELD_AT_MOST = 30;

    /** Addresses of a pool of which a client may ask for any, though nobody ever had it. */
    private static final int NAMED_POOL_MAX = 1 << 16;

    /**
     * An address for a client.
     *
     * @param reserved whether nobody else can have it
     */
    record Choice(ServedScope scope, Binding binding, Answer answer, boolean reserved) {}

    private final EngineState state;
    private final BindingTable table;

    AddressChoice(EngineState state) {
        this.state = state;
        this.table = state.table();
    }

    /** The best address of these scopes that needs no limit, as it is the client's already; null where none is. */
    @Nullable Choice known(Exchange exchange, List<ServedScope> scopes, boolean bootp) {
        for (ServedScope scope : scopes) {
            ReservedAddress reserved = EngineState.answers(scope, bootp) ? reservation(exchange, scope) : null;
            if (reserved != null) {
                Binding binding = table.of(reserved.address());
                if (isFreeForOwner(scope, binding, exchange)) {
                    return new Choice(scope, binding, reserved.answer(), true);
                }
            }
        }
        Offer offer = table.offer(exchange.client());
        for (ServedScope scope : scopes) {
            if (!EngineState.answers(scope, bootp)) {
                continue;
            }
            Binding own = table.find(exchange.client(), scope);
            if (own != null && own.state() == BindingState.ACTIVE && gives(scope, own, bootp)) {
                return new Choice(scope, own, scope.answer(), false);
            }
            if (offer != null && gives(scope, offer.binding(), bootp) && isFreeFor(scope, offer.binding(), exchange)) {
                return new Choice(scope, offer.binding(), scope.answer(), false);
            }
        }
        return null;
    }

    /** An address for a client that has none; null where none is free. */
    @Nullable Choice fresh(Exchange exchange, List<ServedScope> scopes, boolean bootp) {
        Ipv4Address requested = exchange.requestedAddress();
        for (ServedScope scope : scopes) {
            Binding own = EngineState.answers(scope, bootp) ? table.find(exchange.client(), scope) : null;
            if (own != null && gives(scope, own, bootp) && isFreeFor(scope, own, exchange)) {
                return new Choice(scope, own, scope.answer(), false);
            }
        }
        for (ServedScope scope : scopes) {
            if (requested != null
                    && EngineState.answers(scope, bootp)
                    && gives(scope, requested)
                    && !isRefusedTo(bootp, scope)
                    && mayBeNamed(scope, requested)) {
                Binding binding = table.of(requested);
                if (isFreeFor(scope, binding, exchange)) {
                    return new Choice(scope, binding, scope.answer(), false);
                }
            }
        }
        for (ServedScope scope : scopes) {
            boolean answers = EngineState.answers(scope, bootp) && !isRefusedTo(bootp, scope);
            Binding free = answers ? nextFree(scope, exchange) : null;
            if (free != null) {
                return new Choice(scope, free, scope.answer(), false);
            }
        }
        return null;
    }

    /** Where a pool is huge, invented clients could have each of its addresses remembered by naming it. */
    private boolean mayBeNamed(ServedScope scope, Ipv4Address address) {
        return scope.pool().size() <= NAMED_POOL_MAX || table.find(address) != null;
    }

    /** BOOTP clients never renew, so no partner could take an address back from them that it does not know of. */
    private boolean isRefusedTo(boolean bootp, ServedScope scope) {
        return bootp && state.partner(scope) != null;
    }

    private @Nullable Binding nextFree(ServedScope scope, Exchange exchange) {
        if (exchange.isImagined() && free(table.pool(scope), scope, exchange.now()) == 0) {
            return reclaimable(scope, exchange);
        }
        Pool pool = reclaimed(scope, exchange);
        Partner partner = state.partner(scope);
        if (partner == null) {
            return table.nextFree(pool);
        }
        Binding next = partner.grants().next(pool, exchange.now());
        if (next == null && !exchange.isImagined()) {
            partner.missesAddress();
        }
        return next;
    }

    private int free(Pool pool, ServedScope scope, long now) {
        Partner partner = state.partner(scope);
        return partner == null ? pool.free() : partner.grants().free(pool, now);
    }

    /** The pool of a scope; with an old offer taken back where nothing else is free. */
    private Pool reclaimed(ServedScope scope, Exchange exchange) {
        Pool pool = table.pool(scope);
        Offer oldest = table.oldestOffer();
        while (free(pool, scope, exchange.now()) == 0
                && oldest != null
                && !oldest.probing()
                && oldest.made() + HELD_AT_LEAST <= exchange.now()) {
            table.withdraw(oldest);
            oldest = table.oldestOffer();
        }
        return pool;
    }

    /** What {@link #reclaimed} would take back; nothing is. */
    private @Nullable Binding reclaimable(ServedScope scope, Exchange exchange) {
        Pool pool = table.pool(scope);
        Partner partner = state.partner(scope);
        for (Offer offer = table.oldestOffer();
                offer != null && !offer.probing() && offer.made() + HELD_AT_LEAST <= exchange.now();
                offer = offer.newer()) {
            Binding binding = offer.binding();
            boolean free = partner == null
                    ? binding.state() == BindingState.FREE
                    : partner.grants().isFree(binding, exchange.now());
            if (free && pool.equals(binding.pool())) {
                return binding;
            }
        }
        return null;
    }

    private @Nullable ReservedAddress reservation(Exchange exchange, ServedScope scope) {
        return scope.reservationOf(exchange.identifier(), exchange.packet().chaddr());
    }

    /** Whether the address is of the pool, and so a client without a reservation may have it. */
    static boolean gives(ServedScope scope, Ipv4Address address) {
        return scope.pool().contains(address) && !scope.isReserved(address);
    }

    private boolean gives(ServedScope scope, Binding binding, boolean bootp) {
        return gives(scope, binding.address()) && !isRefusedTo(bootp, scope);
    }

    /** Whether nothing that is known of the address keeps this client from having it. */
    private boolean isFreeFor(ServedScope scope, Binding binding, Exchange exchange) {
        Partner partner = state.partner(scope);
        ClientIdentity client = exchange.client();
        if (partner != null) {
            return partner.grants().mayGive(binding, client, exchange.now());
        }
        Offer offer = binding.offer();
        return switch (binding.state()) {
            case ACTIVE -> binding.isOf(client);
            case FREE -> offer == null || offer.client().equals(client);
            default -> false;
        };
    }

    /** The same for a reserved address: a machine that has it under another identifier, as boot loaders do, is its owner. */
    private boolean isFreeForOwner(ServedScope scope, Binding binding, Exchange exchange) {
        HardwareAddress hardware = binding.hardware();
        boolean sameMachine = hardware != null
                && hardware.length() > 0
                && hardware.equals(exchange.packet().chaddr());
        Partner partner = state.partner(scope);
        boolean free = partner == null
                ? isFreeFor(scope, binding, exchange)
                : partner.grants().mayGiveToOwner(binding, exchange.client(), exchange.now());
        return free || (binding.state() == BindingState.ACTIVE && sameMachine);
    }

    /** The address of this number for a client that names it; null where that client may not have it. */
    @Nullable Choice named(Exchange exchange, ServedScope scope, Ipv4Address address) {
        ReservedAddress reserved = reservation(exchange, scope);
        if (reserved != null && reserved.address().equals(address)) {
            Binding binding = table.of(address);
            return isFreeForOwner(scope, binding, exchange)
                    ? new Choice(scope, binding, reserved.answer(), true)
                    : null;
        }
        if (!gives(scope, address)
                || (reserved != null && isFreeForOwner(scope, table.of(reserved.address()), exchange))) {
            return null;
        }
        Binding binding = table.of(address);
        return isFreeFor(scope, binding, exchange) ? new Choice(scope, binding, scope.answer(), false) : null;
    }

    /** What the client may be told where its address does not matter. */
    Answer answer(Exchange exchange, ServedScope scope) {
        ReservedAddress reserved = reservation(exchange, scope);
        return reserved == null ? scope.answer() : reserved.answer();
    }

    /** Whether the client has a lease or a reservation: no flood of others may keep it from an answer. */
    boolean isKnown(Exchange exchange, List<ServedScope> scopes) {
        for (ServedScope scope : scopes) {
            Binding binding = table.find(exchange.client(), scope);
            if ((binding != null && binding.state() == BindingState.ACTIVE) || reservation(exchange, scope) != null) {
                return true;
            }
        }
        return false;
    }
}
