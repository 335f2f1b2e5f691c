/**
 * The history of leases: who had which address when. One line of JSON for each event, one file for each day, written
 * beside the path of a packet: where the disk is too slow for it, lines are lost and counted, and no client waits.
 */
@NullMarked
package io.dhcpfailover.node.manage.history;

import org.jspecify.annotations.NullMarked;
