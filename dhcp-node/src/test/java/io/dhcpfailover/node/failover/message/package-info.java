@NullMarked
package io.dhcpfailover.node.failover.message;

import org.jspecify.annotations.NullMarked;
