package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.wire.DhcpPacket;

/**
 * A packet to be sent from port 67.
 *
 * @param packet what is sent
 * @param lengthMax octets that the receiver takes, the UDP payload only; at least 300
 * @param source the server's own address that it is sent from
 * @param destination whom it is sent to
 */
public record Reply(DhcpPacket packet, int lengthMax, Ipv4Address source, Destination destination) {}
