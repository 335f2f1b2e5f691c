package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.LeaseEvent.Action;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gathers what happens to leases for who wants to know; where nobody does, it costs nothing. */
final class LeaseTrail {

    /** Events that are handed over at once: a tick may end any number of leases. */
    private static final int GATHERED_MAX = 1024;

    private @Nullable Consumer<List<LeaseEvent>> listener;
    private List<LeaseEvent> gathered = new ArrayList<>();
    private ScopeTable scopes = new ScopeTable(List.of());

    void listen(Consumer<List<LeaseEvent>> to) {
        listener = to;
    }

    /** Hands over what has gathered. */
    void flush() {
        if (listener != null && !gathered.isEmpty()) {
            List<LeaseEvent> all = gathered;
            gathered = new ArrayList<>();
            listener.accept(all);
        }
    }

    void serve(ScopeTable served) {
        scopes = served;
    }

    /** Something that a client has brought about. */
    void happened(Action action, Binding binding, Exchange exchange) {
        tell(action, binding, exchange.isRelayed() ? exchange.packet().giaddr() : null, exchange.now());
    }

    /** Something that no client has brought about. */
    void happened(Action action, Binding binding, long now) {
        tell(action, binding, null, now);
    }

    /** What a binding was before the partner said something of it. */
    record Before(BindingState state, @Nullable ClientIdentity client, long end) {

        static Before of(Binding binding) {
            return new Before(binding.state(), binding.client(), binding.end());
        }
    }

    /** The partner said something of an address that was taken: where it is news of a client, it is told. */
    void partnerSaid(Before before, Binding binding, long now) {
        boolean active = binding.state() == BindingState.ACTIVE;
        if (active && !before.equals(Before.of(binding))) {
            tell(Action.PARTNER_ASSIGNED, binding, null, now);
        } else if (!active && before.state() == BindingState.ACTIVE) {
            tell(Action.PARTNER_ENDED, binding, null, now);
        }
    }

    private void tell(Action action, Binding binding, @Nullable Ipv4Address relay, long now) {
        if (listener != null) {
            ServedScope scope = scopes.ofAddress(binding.address());
            gathered.add(LeaseEvent.of(action, binding, scope == null ? null : scope.name(), relay, now));
            if (gathered.size() >= GATHERED_MAX) {
                flush();
            }
        }
    }
}
