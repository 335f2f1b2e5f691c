package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.ClientDetails;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.wire.HardwareAddress;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a lease, for who keeps a trail of it. It was decided, and is stored a moment later; where it
 * never is, no client was told of it.
 *
 * @param time when it was decided, seconds since 1970, UTC
 * @param action what happened
 * @param address of the lease
 * @param scope that the address is in; null where it is in none that is served
 * @param client who has it, or had it; null where nobody is known
 * @param identified whether the client sends that as option 61
 * @param hardware the hardware address of the client; null where there is no client
 * @param details what else the client or its relay says
 * @param relay the address of the relay that the client came by; null where it came by none, or did not come itself
 * @param end of the lease, seconds since 1970, UTC; {@link Binding#UNLIMITED} where it has none
 */
public record LeaseEvent(
        long time,
        Action action,
        Ipv4Address address,
        @Nullable ObjectName scope,
        @Nullable ClientIdentity client,
        boolean identified,
        @Nullable HardwareAddress hardware,
        ClientDetails details,
        @Nullable Ipv4Address relay,
        long end) {

    /** What happened. */
    public enum Action {
        /** A client got the address. */
        ASSIGNED,
        /** A client that has the address keeps it for longer. */
        RENEWED,
        /** A client gave the address back. */
        RELEASED,
        /** The lease has ended. */
        EXPIRED,
        /** A client found its address in use by another. */
        DECLINED,
        /** An echo found an address in use that nobody has. */
        IN_USE,
        /** The partner let a client have the address, or prolonged its lease. */
        PARTNER_ASSIGNED,
        /** The partner says that the client does not have the address any more. */
        PARTNER_ENDED,
        /** An administrator took the address from its client. */
        ADMINISTRATOR_RELEASED,
        /** An administrator says that an address is not in use which somebody was found to use. */
        ADMINISTRATOR_RESET
    }

    static LeaseEvent of(
            Action action, Binding binding, @Nullable ObjectName scope, @Nullable Ipv4Address relay, long now) {
        return new LeaseEvent(
                now,
                action,
                binding.address(),
                scope,
                binding.client(),
                binding.identified(),
                binding.hardware(),
                binding.details(),
                relay,
                binding.end());
    }
}
