@NullMarked
package io.dhcpfailover.node.failover;

import org.jspecify.annotations.NullMarked;
