package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.AddressChoice.Choice;
import io.dhcpfailover.node.engine.LeaseEvent.Action;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.Offer;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.MessageType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** REQUEST in its four states (RFC 2131, section 4.3.2). */
final class Requests {

    /** In which state of the client a request was made; table 4 of RFC 2131 tells them apart. */
    private enum ClientState {
        SELECTING,
        INIT_REBOOT,
        RENEWING,
        REBINDING
    }

    private static final String NOT_ON_THIS_NETWORK = "the address does not belong to this network";
    private static final String NOT_AVAILABLE = "the address is not available to this client";

    private final EngineState state;
    private final BindingTable table;
    private final AddressChoice choices;
    private final Replies replies;
    private final Limits limits;

    Requests(EngineState state, AddressChoice choices, Replies replies, Limits limits) {
        this.limits = limits;
        this.state = state;
        this.table = state.table();
        this.choices = choices;
        this.replies = replies;
    }

    Outcome receive(Exchange exchange, List<ServedScope> scopes, Consumer<Effect> effects) {
        Ipv4Address server = exchange.serverIdentifier();
        Ipv4Address requested = exchange.requestedAddress();
        if (server != null) {
            if (!state.isMeant(exchange, server)) {
                return otherServer(exchange);
            }
            Ipv4Address address = requested == null ? exchange.packet().ciaddr() : requested;
            return decide(ClientState.SELECTING, address, exchange, scopes, effects);
        }
        if (exchange.hasAddress()) {
            boolean asked = state.isUnicast(exchange) && !exchange.isRelayed();
            ClientState clientState = asked ? ClientState.RENEWING : ClientState.REBINDING;
            return decide(clientState, exchange.packet().ciaddr(), exchange, scopes, effects);
        }
        return requested == null
                ? Outcome.INCOMPLETE
                : decide(ClientState.INIT_REBOOT, requested, exchange, scopes, effects);
    }

    private Outcome otherServer(Exchange exchange) {
        Offer offer = table.offer(exchange.client());
        if (offer != null && !offer.probing()) {
            table.withdraw(offer);
        }
        return Outcome.OTHER_SERVER;
    }

    private Outcome decide(
            ClientState clientState,
            Ipv4Address address,
            Exchange exchange,
            List<ServedScope> scopes,
            Consumer<Effect> effects) {
        ServedScope scope = null;
        for (ServedScope candidate : scopes) {
            if (candidate.spec().subnet().contains(address)) {
                scope = candidate;
            }
        }
        if (scope == null) {
            return refuse(exchange, NOT_ON_THIS_NETWORK, effects);
        }
        Outcome not = state.whyNot(List.of(scope), false);
        if (not != null) {
            // Another server may serve it.
            return not;
        }
        Binding own = table.find(exchange.client(), scope);
        Choice choice = choices.named(exchange, scope, address);
        boolean known = own != null || (choice != null && choice.reserved());
        if (clientState == ClientState.INIT_REBOOT && !known) {
            return Outcome.UNKNOWN_CLIENT;
        }
        if (choice == null && clientState == ClientState.REBINDING && !known) {
            // It may be another server's client on the same network.
            return Outcome.UNKNOWN_CLIENT;
        }
        Partner partner = state.partner(scope);
        if (choice == null && partner != null && partner.grants().mayBePartners(table.of(address), exchange.now())) {
            return Outcome.PARTNERS_ADDRESS;
        }
        if (choice == null || !isItsOwn(clientState, choice, own, exchange)) {
            return refuse(exchange, NOT_AVAILABLE, effects);
        }
        return grant(exchange, choice, own, effects);
    }

    /** Whether the client may have an address that nobody else has. */
    private boolean isItsOwn(ClientState clientState, Choice choice, @Nullable Binding own, Exchange exchange) {
        if (choice.reserved() || choice.binding().isOf(exchange.client())) {
            return true;
        }
        Offer offer = choice.binding().offer();
        if (offer != null && offer.probing()) {
            return false;
        }
        // Without a record of its own the client is believed: a store that was lost must not cost it its address.
        return offer != null
                || (clientState != ClientState.INIT_REBOOT && (own == null || own.state() != BindingState.ACTIVE));
    }

    private Outcome grant(Exchange exchange, Choice choice, @Nullable Binding own, Consumer<Effect> effects) {
        Outcome limited = limited(exchange, choice, own);
        if (limited != null) {
            return limited;
        }
        Binding binding = choice.binding();
        long seconds = state.leaseTime(choice.scope(), exchange, binding);
        long desired = EngineState.desired(choice.scope(), exchange);
        Reply reply = replies.lease(exchange, MessageType.ACK, binding.address(), choice.answer(), seconds);
        if (exchange.isImagined()) {
            effects.accept(new Effect.Send(reply));
            return Outcome.ACKNOWLEDGED;
        }
        effects.accept(new Effect.StoreThenSend(bind(exchange, binding, own, seconds, desired, effects), reply));
        return Outcome.ACKNOWLEDGED;
    }

    /** Why a client that has nothing yet gets no lease; null where it gets one. */
    private @Nullable Outcome limited(Exchange exchange, Choice choice, @Nullable Binding own) {
        boolean known = choice.reserved() || own != null;
        return known ? null : limits.ofLease(exchange, table.pool(choice.scope()));
    }

    /** Binds an address, and leaves another one; the record to be stored, null where nothing is new since the last. */
    private byte @Nullable [] bind(
            Exchange exchange,
            Binding binding,
            @Nullable Binding own,
            long seconds,
            long desired,
            Consumer<Effect> effects) {
        boolean repeated = binding.isActiveFor(exchange.client()) && binding.lastTransaction() == exchange.now();
        byte[] before = repeated ? StoredRecords.of(binding) : null;
        if (own != null && own != binding && own.state() == BindingState.ACTIVE) {
            state.release(own, exchange.now());
            state.trail().happened(Action.RELEASED, own, exchange);
            if (own.agreement() != null) {
                effects.accept(new Effect.Store(StoredRecords.of(own)));
            }
        }
        boolean bootp = exchange.type() == null;
        long end = EngineState.end(seconds, exchange.now());
        BindingState stateBefore = binding.state();
        long endBefore = binding.end();
        boolean prolonged = binding.isActiveFor(exchange.client());
        Partner partner = state.partner(binding.address());
        Binding left = table.bind(binding, exchange.clientOf(binding, bootp), end, exchange.now());
        if (left != null) {
            effects.accept(new Effect.Store(StoredRecords.of(left)));
        }
        if (Arrays.equals(StoredRecords.of(binding), before)) {
            return null;
        }
        if (partner != null) {
            partner.grants().given(binding, stateBefore, prolonged, endBefore, desired, end, exchange.now());
        }
        state.trail().happened(prolonged ? Action.RENEWED : Action.ASSIGNED, binding, exchange);
        return StoredRecords.of(binding);
    }

    /** A BOOTP client gets its address at once and for good (RFC 951, RFC 1534, section 2). */
    Outcome bootp(Exchange exchange, List<ServedScope> scopes, Consumer<Effect> effects) {
        if (exchange.hasAddress()) {
            return booting(exchange, scopes, effects);
        }
        Choice choice = choices.known(exchange, scopes, true);
        if (choice == null) {
            choice = choices.fresh(exchange, scopes, true);
        }
        if (choice == null) {
            return Outcome.NO_FREE_ADDRESS;
        }
        Binding own = table.find(exchange.client(), choice.scope());
        Outcome limited = limited(exchange, choice, own);
        if (limited != null) {
            return limited;
        }
        Reply reply = replies.bootp(exchange, choice.binding().address(), choice.answer());
        byte[] record = bind(exchange, choice.binding(), own, EngineState.UNLIMITED, EngineState.UNLIMITED, effects);
        effects.accept(new Effect.StoreThenSend(record, reply));
        return Outcome.BOOTP_ANSWERED;
    }

    /** A BOOTP client that knows its address wants to know what to boot (RFC 951, section 7.3). */
    private Outcome booting(Exchange exchange, List<ServedScope> scopes, Consumer<Effect> effects) {
        for (ServedScope scope : scopes) {
            if (EngineState.answers(scope, true)
                    && scope.spec().subnet().contains(exchange.packet().ciaddr())) {
                Reply reply = replies.bootp(exchange, Ipv4Address.UNSPECIFIED, choices.answer(exchange, scope));
                effects.accept(new Effect.Send(reply));
                return Outcome.BOOTP_ANSWERED;
            }
        }
        return Outcome.NO_SCOPE;
    }

    private Outcome refuse(Exchange exchange, String why, Consumer<Effect> effects) {
        effects.accept(new Effect.Send(replies.refusal(exchange, why)));
        return Outcome.REFUSED;
    }
}
