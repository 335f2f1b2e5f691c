/** The server and the DHCP clients of Debian, on a real wire. */
@NullMarked
package io.dhcpfailover.node.manage.clients;

import org.jspecify.annotations.NullMarked;
