package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Explanation.Sharing;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.Service.Answers;
import io.dhcpfailover.node.failover.Service.Fresh;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.Pool;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.scope.ServedScope.ReservedAddress;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a client gets what it would get, in sentences for people. */
final class Reasons {

    private final EngineState state;
    private final Exchange exchange;
    private final @Nullable ServedScope scope;
    private final @Nullable Sharing sharing;
    private final @Nullable Binding own;
    private final List<String> reasons = new ArrayList<>();

    /** @param own what the client has or had in the scope; null where it had nothing there */
    Reasons(
            EngineState state,
            Exchange exchange,
            @Nullable ServedScope scope,
            @Nullable Sharing sharing,
            @Nullable Binding own) {
        this.state = state;
        this.exchange = exchange;
        this.scope = scope;
        this.sharing = sharing;
        this.own = own;
    }

    List<String> of(Question question, Outcome outcome, @Nullable DhcpPacket offer) {
        reasons.add("the client is " + exchange.client()
                + (question.identifier() == null ? ", its hardware address" : ", the identifier that it sends"));
        if (scope != null) {
            reasons.add("its link has scope " + scope);
        }
        if (state.configuration().authorized() && sharing != null) {
            reasons.add(shared(sharing));
        }
        if (state.storageFailing()) {
            reasons.add("leases cannot be stored now: nothing is granted or prolonged until they can");
        }
        if (outcome == Outcome.OFFERED && offer != null && scope != null) {
            reasons.add(address(offer.yiaddr(), scope));
            reasons.add(time(offer, scope));
        } else {
            reasons.add(silence(outcome));
        }
        return reasons;
    }

    private static String shared(Sharing sharing) {
        String states = "this server, the " + sharing.self() + " of " + sharing.relationship() + ", is in "
                + word(sharing.state()) + ": ";
        return states
                + switch (sharing.service().answers()) {
                    case NONE -> "it answers nobody";
                    case ALL -> "it answers every client";
                    case BALANCED ->
                        (sharing.mode() == Mode.LoadBalance
                                        ? "the client's hash bucket " + sharing.bucket() + " is that of the "
                                        : "the active server is the ")
                                + sharing.server()
                                + (sharing.server() == sharing.self()
                                        ? ", so it answers"
                                        : ", so the partner answers, and this server only renewals, and a client that"
                                                + " asks for long");
                };
    }

    private String address(Ipv4Address address, ServedScope in) {
        ReservedAddress reserved =
                in.reservationOf(exchange.identifier(), exchange.packet().chaddr());
        if (reserved != null && reserved.address().equals(address)) {
            return address + " is reserved for it";
        }
        String instead = reserved == null
                ? ""
                : ", because somebody else has " + reserved.address() + ", which is reserved for it";
        if (own != null && own.address().equals(address)) {
            return address
                    + (own.state() == BindingState.ACTIVE ? " is its lease" : " was its last lease, and is free")
                    + instead;
        }
        var offer = state.table().offer(exchange.client());
        if (offer != null && offer.binding().address().equals(address)) {
            return address + " was offered to it a moment ago" + instead;
        }
        var detection = in.spec().conflictDetection();
        return address + " is the next free address" + instead
                + (detection.attempts() == 0 ? "" : ", and is offered once an echo finds it unused");
    }

    private String time(DhcpPacket offer, ServedScope in) {
        Long seconds = offer.options().get(DhcpOption.LEASE_TIME);
        long given = seconds == null ? 0 : seconds;
        long desired = EngineState.desired(in, exchange);
        if (sharing == null || given >= desired) {
            return "the lease time is that of the scope, " + words(given);
        }
        return "the lease time is " + words(given) + " and not " + words(desired)
                + ": a client is told no more than the MCLT of " + words(sharing.mclt())
                + " beyond what the partner has acknowledged";
    }

    private static String words(long seconds) {
        return seconds == EngineState.UNLIMITED ? "without end" : seconds + " s";
    }

    private String silence(Outcome outcome) {
        return switch (outcome) {
            case NOT_AUTHORIZED -> "the server is not authorized, and answers no client";
            case NO_SCOPE -> "no scope of this server has the network of its link";
            case SCOPE_INACTIVE -> "the scope is inactive";
            case WRONG_PROTOCOL -> "the scope serves clients of BOOTP only";
            case PARTNERS_CLIENT ->
                sharing == null
                        ? "the scope's relationship is not known to this server"
                        : sharing.service().answers() == Answers.NONE
                                ? "no client of the relationship gets an answer here in this state"
                                : "the partner answers it";
            case NO_FREE_ADDRESS -> full();
            case CLIENT_LIMIT -> "it has sent more packets than one client may";
            case CIRCUIT_LIMIT -> "too many clients of its circuit ask at once";
            case RELAY_LIMIT -> "too many clients of its relay or link ask at once";
            case BAD_RELAY_ADDRESS -> exchange.packet().giaddr() + " is no relay's address, or this server's own";
            case BAD_HARDWARE_ADDRESS -> "no client has this hardware address";
            default -> "it gets no answer: " + outcome;
        };
    }

    private String full() {
        if (scope == null) {
            return "no address is free";
        }
        Pool pool = state.table().pool(scope);
        String counts = "of " + pool.total() + " addresses that need no reservation none is free";
        if (sharing == null) {
            return counts;
        }
        int partners = sharing.self() == ServerRole.Primary ? pool.backup() : pool.free();
        return sharing.service().fresh() == Fresh.NONE
                ? "this server may give nobody a new address in this state"
                : counts + " that this server may give; " + partners + " are the partner's";
    }

    /** As the draft writes it. */
    private static String word(ServerState named) {
        return named.name().replace('_', '-');
    }
}
