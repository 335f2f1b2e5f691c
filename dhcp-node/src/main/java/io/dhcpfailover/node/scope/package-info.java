/**
 * Scopes compiled for serving: which scope a packet belongs to, which addresses it has, which options it gives.
 *
 * <p>Pure: no I/O, clock, randomness or threads. May use {@code wire}.
 */
@NullMarked
package io.dhcpfailover.node.scope;

import org.jspecify.annotations.NullMarked;
