package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;

/** An end of a UDP datagram. */
record Endpoint(Ipv4Address address, int port) {}
