/**
 * Effects made durable: group commit, snapshots, recovery.
 *
 * <p>A record is on disk before anyone is told of it. Records are octets here; what they mean is the engine's matter.
 * All files are reached through {@link io.dhcpfailover.node.journal.Storage}, so that a simulation can lose and tear
 * what was not synced.
 */
@NullMarked
package io.dhcpfailover.node.journal;

import org.jspecify.annotations.NullMarked;
