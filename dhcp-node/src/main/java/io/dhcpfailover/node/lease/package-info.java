/**
 * Bindings: their states and times, found by address and by client, and the choice of a free address.
 *
 * <p>Pure: no I/O, clock, randomness or threads. May use {@code wire} and {@code scope}.
 */
@NullMarked
package io.dhcpfailover.node.lease;

import org.jspecify.annotations.NullMarked;
