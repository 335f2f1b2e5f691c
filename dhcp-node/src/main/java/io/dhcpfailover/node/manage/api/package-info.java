/**
 * The management API of a server: HTTP on Netty, by Micronaut, with event loops of its own. It asks the server by {@link
 * io.dhcpfailover.node.manage.api.NodeOperations} alone, and the server never waits for it.
 */
@NullMarked
package io.dhcpfailover.node.manage.api;

import org.jspecify.annotations.NullMarked;
