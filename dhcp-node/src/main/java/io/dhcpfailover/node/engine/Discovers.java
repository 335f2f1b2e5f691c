package io.dhcpfailover.node.engine;

import io.dhcpfailover.node.engine.AddressChoice.Choice;
import io.dhcpfailover.node.engine.LeaseEvent.Action;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.Offer;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.MessageType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** DISCOVER (RFC 2131, section 4.3.1), with the echo that may come before an offer (section 2.2). */
final class Discovers {

    /** Addresses that are probed at once: more would make the server a source of a flood itself. */
    static final int PROBES_MAX = 256;

    /** Addresses that are tried for one DISCOVER: a client asks again before more could be probed. */
    private static final int PROBES_OF_CLIENT_MAX = 4;

    private record Probing(Exchange exchange, int count) {}

    private final EngineState state;
    private final BindingTable table;
    private final AddressChoice choices;
    private final Replies replies;
    private final Limits limits;
    private final Map<Long, Probing> probing = new HashMap<>();
    private long probes;

    Discovers(EngineState state, AddressChoice choices, Replies replies, Limits limits) {
        this.state = state;
        this.table = state.table();
        this.choices = choices;
        this.replies = replies;
        this.limits = limits;
    }

    Outcome receive(Exchange exchange, List<ServedScope> scopes, Consumer<Effect> effects) {
        return offer(exchange, scopes, 0, effects);
    }

    private Outcome offer(Exchange exchange, List<ServedScope> scopes, int probed, Consumer<Effect> effects) {
        Choice choice = choices.known(exchange, scopes, false);
        if (choice == null) {
            Outcome limited = limited(exchange, scopes);
            if (limited != null) {
                return limited;
            }
            choice = choices.fresh(exchange, scopes, false);
        }
        if (choice == null) {
            return nothing(exchange, scopes, effects);
        }
        if (!exchange.isImagined() && choice.binding().state() != BindingState.ACTIVE && !choice.reserved()) {
            Outcome waits = hold(exchange, choice, probed, effects);
            if (waits != null) {
                return waits;
            }
        }
        return send(exchange, choice, effects);
    }

    /** Why no scope offers the client anything; null where one does. */
    private @Nullable Outcome limited(Exchange exchange, List<ServedScope> scopes) {
        int ofRelay = table.offers(state.relay(exchange));
        int ofCircuit = table.offers(state.circuit(exchange));
        Outcome limit = null;
        for (ServedScope scope : scopes) {
            if (EngineState.answers(scope, false)) {
                limit = limits.ofOffer(exchange, table.pool(scope), ofRelay, ofCircuit);
                if (limit == null) {
                    return null;
                }
            }
        }
        return limit;
    }

    private Outcome nothing(Exchange exchange, List<ServedScope> scopes, Consumer<Effect> effects) {
        if (exchange.packet().options().has(DhcpOption.AUTO_CONFIGURE)) {
            for (ServedScope scope : scopes) {
                if (scope.answer().options().has(DhcpOption.AUTO_CONFIGURE)) {
                    effects.accept(new Effect.Send(replies.noAddress(exchange, scope.answer())));
                    return Outcome.NO_FREE_ADDRESS;
                }
            }
        }
        return Outcome.NO_FREE_ADDRESS;
    }

    /** Holds the address for the client; an outcome where the offer has to wait for an echo. */
    private @Nullable Outcome hold(Exchange exchange, Choice choice, int probed, Consumer<Effect> effects) {
        Binding binding = choice.binding();
        Offer offer = binding.offer();
        var detection = choice.scope().spec().conflictDetection();
        if (offer != null) {
            if (offer.probing()) {
                // The answer goes to what the client asked last.
                probing.computeIfPresent(offer.probe(), (number, waiting) -> new Probing(exchange, waiting.count));
                return Outcome.PROBING;
            }
            if (offer.made() + AddressChoice.HELD_AT_LEAST <= exchange.now()) {
                table.repeat(offer, exchange.now());
            }
            return null;
        }
        boolean unsure = detection.attempts() > 0;
        if (unsure && probing.size() >= PROBES_MAX) {
            return Outcome.PROBE_LIMIT;
        }
        offer = table.offer(binding, exchange.client(), state.relay(exchange), state.circuit(exchange), exchange.now());
        if (!unsure) {
            return null;
        }
        offer.setProbe(++probes);
        probing.put(probes, new Probing(exchange, probed + 1));
        effects.accept(new Effect.Probe(probes, binding.address(), detection.attempts(), detection.timeout()));
        return Outcome.PROBING;
    }

    private Outcome send(Exchange exchange, Choice choice, Consumer<Effect> effects) {
        long seconds = state.leaseTime(choice.scope(), exchange, choice.binding());
        effects.accept(new Effect.Send(
                replies.lease(exchange, MessageType.OFFER, choice.binding().address(), choice.answer(), seconds)));
        return Outcome.OFFERED;
    }

    /** An echo was answered, or was not: the offer is made, or another one. */
    @Nullable Outcome probed(long number, boolean inUse, long now, Consumer<Effect> effects) {
        Probing waiting = probing.remove(number);
        Offer offer = waiting == null ? null : table.offer(waiting.exchange.client());
        if (waiting == null || offer == null || offer.probe() != number) {
            return null;
        }
        Binding binding = offer.binding();
        Exchange exchange = waiting.exchange.at(now);
        if (!inUse) {
            offer.setProbe(0);
        } else {
            table.abandon(binding, now + Returns.abandonedSeconds(binding.pool()), now);
            state.changed(binding);
            state.trail().happened(Action.IN_USE, binding, now);
            effects.accept(new Effect.Store(StoredRecords.of(binding)));
        }
        List<ServedScope> scopes = state.scopes(exchange);
        Outcome not = state.configuration().authorized() ? state.whyNot(scopes, false) : Outcome.NOT_AUTHORIZED;
        if (not != null || (inUse && waiting.count >= PROBES_OF_CLIENT_MAX)) {
            return not == null ? Outcome.PROBE_LIMIT : not;
        }
        return offer(exchange, scopes, waiting.count, effects);
    }
}
