@NullMarked
package io.dhcpfailover.node.lease;

import org.jspecify.annotations.NullMarked;
