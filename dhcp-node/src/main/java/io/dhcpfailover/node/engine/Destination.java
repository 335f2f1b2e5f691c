package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.wire.HardwareAddress;

/** Where a reply goes (RFC 2131, section 4.1). */
public sealed interface Destination {

    /**
     * A datagram that is routed as any other: to a relay, or to a client that has its address.
     *
     * @param address of the receiver
     * @param port of the receiver, 1 to 65535
     */
    record Unicast(Ipv4Address address, int port) implements Destination {}

    /**
     * A frame to a client that has no address yet and so answers no ARP; by broadcast where such frames cannot be sent.
     *
     * @param link the {@link Link#index} of the interface that it leaves by
     * @param hardware the client
     * @param address that the client is given
     */
    record Hardware(int link, HardwareAddress hardware, Ipv4Address address) implements Destination {}

    /**
     * Everyone on a link.
     *
     * @param link the {@link Link#index} of the interface that it leaves by
     */
    record Broadcast(int link) implements Destination {}
}
