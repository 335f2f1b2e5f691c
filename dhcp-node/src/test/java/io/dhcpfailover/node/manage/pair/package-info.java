/** Pairs of servers as processes, with real clients, and with ISC dhcpd as a partner. */
@NullMarked
package io.dhcpfailover.node.manage.pair;

import org.jspecify.annotations.NullMarked;
