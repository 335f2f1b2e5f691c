/** DhcpServers: the pod of each with what belongs to it, what it is told, and its status. */
@NullMarked
package io.dhcpfailover.operator.server;

import org.jspecify.annotations.NullMarked;
