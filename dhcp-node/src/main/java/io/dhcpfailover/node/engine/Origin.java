package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;

/**
 * Where a packet came from.
 *
 * @param link the {@link Link#index} of the interface that it came in by
 * @param source the sender of its datagram; 0.0.0.0 for a client without an address
 * @param sourcePort the sender's UDP port, 0 to 65535
 * @param destination whom it was sent to; 255.255.255.255 for everyone on the link
 */
public record Origin(int link, Ipv4Address source, int sourcePort, Ipv4Address destination) {}
