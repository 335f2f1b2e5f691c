/**
 * The server as a process: its command line, its threads and the queues between them, its clock, its snapshots.
 *
 * <p>The engine belongs to one thread, and everything that it is told comes through {@code Intake}, which is bounded. A
 * reply leaves once its record is on disk, and never before one that was decided earlier.
 */
@NullMarked
package io.dhcpfailover.node.manage;

import org.jspecify.annotations.NullMarked;
