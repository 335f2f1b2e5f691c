/**
 * Simulated clients of a laboratory, which speak real DHCP by UDP. They are behind a relay that knows both servers, has an
 * address of loopback, and says by link selection (RFC 3527) which subnet they are on.
 */
@NullMarked
package io.dhcpfailover.lab.client;

import org.jspecify.annotations.NullMarked;
