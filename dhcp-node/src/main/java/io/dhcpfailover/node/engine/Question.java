package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.wire.HardwareAddress;
import org.jspecify.annotations.Nullable;

/**
 * A client of which somebody wants to know what it gets, and where it is. Where nothing says where, it is asked for in each
 * scope in which something is known of it, and where there is none, in every scope.
 *
 * @param identifier that it sends (option 61); null where it is known by its hardware address, and then the one that it
 *     sent last is taken where it sent one
 * @param hardware its hardware address; of no octets where it is known by its identifier alone
 * @param relay the address of the relay that it comes by; null for none
 * @param link the interface of the server that it is on; null where that is not known
 * @param scope the scope of its link, which then goes before relay and link; null where that follows from them
 */
public record Question(
        @Nullable ClientIdentifier identifier,
        HardwareAddress hardware,
        @Nullable Ipv4Address relay,
        @Nullable InterfaceName link,
        @Nullable ObjectName scope) {}
