/** The server beside a real ISC dhcpd. */
@NullMarked
package io.dhcpfailover.node.manage.isc;

import org.jspecify.annotations.NullMarked;
