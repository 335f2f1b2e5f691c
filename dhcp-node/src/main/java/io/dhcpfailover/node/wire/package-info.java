/**
 * DHCPv4 packets and options: bytes to values and back (RFC 2131, RFC 2132).
 *
 * <p>Pure: no I/O, clock, randomness or threads. Uses nothing of the server but itself.
 */
@NullMarked
package io.dhcpfailover.node.wire;

import org.jspecify.annotations.NullMarked;
