/** What a server counts, for who looks at it from outside. Nothing here is in the way of a packet. */
@NullMarked
package io.dhcpfailover.node.manage.metrics;

import org.jspecify.annotations.NullMarked;
