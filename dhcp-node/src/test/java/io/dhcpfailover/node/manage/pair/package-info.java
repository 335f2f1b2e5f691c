/** Pairs of servers as processes, with real clients. */
@NullMarked
package io.dhcpfailover.node.manage.pair;

import org.jspecify.annotations.NullMarked;
