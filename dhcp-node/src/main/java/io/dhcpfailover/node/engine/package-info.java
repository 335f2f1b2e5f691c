/**
 * All state of a server, owned by one thread: takes an event, changes state, returns effects.
 *
 * <p>Deterministic and pure: the same events give the same effects, which is what the simulation replays. May use
 * the packages before it.
 */
@NullMarked
package io.dhcpfailover.node.engine;

import org.jspecify.annotations.NullMarked;
