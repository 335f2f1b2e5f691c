/**
 * Netty: UDP by interface, replies to clients that have no address yet, probes of addresses, the link to the partner.
 *
 * <p>Owns every socket of a server, all in one event loop. Packets go to a
 * {@link io.dhcpfailover.node.network.Receiver} as values; what a network sends cannot stop it. Linux only: what Netty
 * has no socket for (packets by hardware address, ICMP) is called in the C library.
 */
@NullMarked
package io.dhcpfailover.node.network;

import org.jspecify.annotations.NullMarked;
