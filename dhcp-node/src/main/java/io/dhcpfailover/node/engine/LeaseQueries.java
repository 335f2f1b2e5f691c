package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Leasequery (RFC 4388): relays that lost their memory ask who has an address. Only those that are listed may ask. */
final class LeaseQueries {

    /** Addresses of one client that are told: all that anyone has, and few enough for one packet. */
    private static final int ADDRESSES_MAX = 32;

    private final EngineState state;
    private final BindingTable table;
    private final Replies replies;
    private final Limits limits;

    LeaseQueries(EngineState state, Replies replies, Limits limits) {
        this.limits = limits;
        this.state = state;
        this.table = state.table();
        this.replies = replies;
    }

    Outcome receive(Exchange exchange, Consumer<Effect> effects) {
        if (!exchange.isRelayed()) {
            // RFC 4388, section 6.3: giaddr says where the answer goes.
            return Outcome.INCOMPLETE;
        }
        if (!state.configuration().leaseQueryFrom().contains(exchange.packet().giaddr())) {
            return Outcome.LEASEQUERY_NOT_ALLOWED;
        }
        Outcome limited = limits.ofLeaseQuery(exchange);
        if (limited != null) {
            return limited;
        }
        effects.accept(new Effect.StoreThenSend(null, replies.leaseQuery(exchange, answer(exchange))));
        return Outcome.LEASEQUERY_ANSWERED;
    }

    private DhcpPacket answer(Exchange exchange) {
        if (exchange.hasAddress()) {
            return ofAddress(exchange, exchange.packet().ciaddr());
        }
        ClientIdentifier identifier = exchange.identifier();
        List<Binding> bindings = identifier == null
                ? table.all(exchange.packet().chaddr())
                : table.all(ClientIdentity.of(identifier, exchange.packet().chaddr()));
        List<Binding> active = bindings.stream()
                .filter(binding -> binding.state() == BindingState.ACTIVE)
                .sorted(Comparator.comparingLong(Binding::lastTransaction).reversed())
                .limit(ADDRESSES_MAX)
                .toList();
        return active.isEmpty()
                ? packet(exchange, MessageType.LEASEUNKNOWN, Ipv4Address.UNSPECIFIED, null)
                : active(exchange, active.getFirst(), active);
    }

    private DhcpPacket ofAddress(Exchange exchange, Ipv4Address address) {
        Binding binding = table.find(address);
        ServedScope scope = state.configuration().scopes().ofAddress(address);
        if (scope == null) {
            return packet(exchange, MessageType.LEASEUNKNOWN, address, null);
        }
        return binding == null || binding.state() != BindingState.ACTIVE
                ? packet(exchange, MessageType.LEASEUNASSIGNED, address, null)
                : active(exchange, binding, List.of(binding));
    }

    private DhcpPacket active(Exchange exchange, Binding binding, List<Binding> all) {
        Options.Builder options = new Options.Builder();
        if (binding.end() == Binding.UNLIMITED) {
            options.put(DhcpOption.LEASE_TIME, EngineState.UNLIMITED);
        } else {
            long left = Math.max(0, binding.end() - exchange.now());
            options.put(DhcpOption.LEASE_TIME, left);
            long length = binding.end() - binding.lastTransaction();
            options.put(DhcpOption.RENEWAL_TIME, Math.max(0, left - (length - length / 2)))
                    .put(DhcpOption.REBINDING_TIME, Math.max(0, left - (length - length * 7 / 8)));
        }
        ClientIdentity client = binding.client();
        if (binding.identified() && client != null) {
            options.put(DhcpOption.CLIENT_IDENTIFIER.code(), client.octets());
        }
        options.put(DhcpOption.CLIENT_LAST_TRANSACTION_TIME, Math.max(0, exchange.now() - binding.lastTransaction()));
        if (all.size() > 1) {
            options.put(
                    DhcpOption.ASSOCIATED_ADDRESSES,
                    all.stream().map(Binding::address).toList());
        }
        options.copy(binding.details().options(), DhcpOption.RELAY_AGENT_INFORMATION.code());
        return packet(
                exchange, MessageType.LEASEACTIVE, binding.address(), new Found(options.build(), binding.hardware()));
    }

    private record Found(Options options, @Nullable HardwareAddress hardware) {}

    private DhcpPacket packet(Exchange exchange, MessageType type, Ipv4Address address, @Nullable Found found) {
        DhcpPacket request = exchange.packet();
        Options.Builder options = new Options.Builder()
                .put(DhcpOption.MESSAGE_TYPE, type)
                .put(DhcpOption.SERVER_IDENTIFIER, state.identifier(exchange));
        HardwareAddress hardware = request.chaddr();
        if (found != null) {
            for (int i = 0; i < found.options.size(); i++) {
                options.copy(found.options, found.options.code(i));
            }
            hardware = found.hardware == null ? hardware : found.hardware;
        } else {
            options.copy(request.options(), DhcpOption.CLIENT_IDENTIFIER.code());
        }
        return new DhcpPacket(
                DhcpPacket.Op.BOOTREPLY,
                0,
                request.xid(),
                0,
                request.flags(),
                address,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                request.giaddr(),
                hardware,
                "",
                "",
                options.build());
    }
}
