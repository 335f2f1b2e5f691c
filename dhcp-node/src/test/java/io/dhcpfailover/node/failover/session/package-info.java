/** Tests of sessions between two servers. */
@NullMarked
package io.dhcpfailover.node.failover.session;

import org.jspecify.annotations.NullMarked;
