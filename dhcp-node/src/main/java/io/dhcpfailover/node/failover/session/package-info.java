/**
 * One TCP connection between the two servers of a relationship: octets in, events and octets out
 * (draft-ietf-dhc-failover-12, sections 8.2 to 8.4). CONNECT and CONNECTACK with all that they have checked, digests,
 * CONTACT, silence, clocks, DISCONNECT. What the other messages mean is not decided here.
 *
 * <p>Any octets end in an event; nothing here throws for what a partner sent, and what is kept of it is one frame.
 *
 * <p>Pure: no I/O, clock, randomness or threads; moments and nonces are passed in. Uses {@code failover} and
 * {@code failover.message}.
 */
@NullMarked
package io.dhcpfailover.node.failover.session;

import org.jspecify.annotations.NullMarked;
