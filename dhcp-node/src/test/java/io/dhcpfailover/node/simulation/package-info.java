/**
 * One server, or two that fail over to each other, with their disks, clocks, a network and clients, all simulated from a
 * seed, with real engine and journal.
 */
@NullMarked
package io.dhcpfailover.node.simulation;

import org.jspecify.annotations.NullMarked;
