/**
 * A failover relationship: messages and their codec, the state machine, binding updates, conflict rules, balancing
 * of free addresses and of clients (draft-ietf-dhc-failover-12, RFC 3074).
 *
 * <p>Pure: no I/O, clock, randomness or threads. May use the packages before it.
 */
@NullMarked
package io.dhcpfailover.node.failover;

import org.jspecify.annotations.NullMarked;
