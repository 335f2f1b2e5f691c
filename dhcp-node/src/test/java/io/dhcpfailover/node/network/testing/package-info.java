/** Networks to test on, of namespaces and virtual Ethernet; for root on Linux. */
@NullMarked
package io.dhcpfailover.node.network.testing;

import org.jspecify.annotations.NullMarked;
