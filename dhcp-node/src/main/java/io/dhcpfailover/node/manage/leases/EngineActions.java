package io.dhcpfailover.node.manage.leases;

import io.dhcpfailover.api.value.Ipv4Address;
import org.jspecify.annotations.Nullable;

/** What an engine is told to do with a lease; in its turns alone. */
public interface EngineActions {

    /** The engine's time, seconds since 1970, UTC. */
    long seconds();

    /** Takes a leased address from its client; why that is refused, null where it is done. */
    @Nullable String release(Ipv4Address address);

    /** An abandoned address is free again; why that is refused, null where it is done. */
    @Nullable String reset(Ipv4Address address);
}
