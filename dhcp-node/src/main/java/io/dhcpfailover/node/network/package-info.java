/**
 * Netty: UDP by interface, replies to clients that have no address yet, the link to the partner.
 */
@NullMarked
package io.dhcpfailover.node.network;

import org.jspecify.annotations.NullMarked;
