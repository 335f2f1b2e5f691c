/** Tests of the sockets: on the wire between namespaces of one machine, and on loopback where anybody may. */
@NullMarked
package io.dhcpfailover.node.network;

import org.jspecify.annotations.NullMarked;
