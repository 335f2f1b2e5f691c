/** One server, its disk, a network and clients, all simulated from a seed, with real engine and journal. */
@NullMarked
package io.dhcpfailover.node.simulation;

import org.jspecify.annotations.NullMarked;
