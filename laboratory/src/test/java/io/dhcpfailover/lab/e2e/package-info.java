/** Images and chart on a cluster with a LAN: what a client of it sees. */
@NullMarked
package io.dhcpfailover.lab.e2e;

import org.jspecify.annotations.NullMarked;
