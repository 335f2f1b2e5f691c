/**
 * Effects made durable: group commit, snapshots, recovery.
 *
 * <p>A record is on disk before anyone is told of it.
 */
@NullMarked
package io.dhcpfailover.node.journal;

import org.jspecify.annotations.NullMarked;
