/**
 * The messages of the failover protocol: octets of the link to frames, frames to messages, and back
 * (draft-ietf-dhc-failover-12). In the order in which a link uses it: {@code FrameReader} cuts frames,
 * {@code FrameAuthenticator} checks them, {@code MessageDecoder} reads them; {@code MessageEncoder} and again
 * {@code FrameAuthenticator} write them.
 *
 * <p>Any octets give a message or a refusal with its reason; nothing here throws for what a partner sent. What a
 * message means to a relationship is not decided here.
 *
 * <p>Pure: no I/O, clock, randomness or threads. Uses {@code lease} for the binding-status and {@code wire} for
 * hardware addresses and clients' options.
 */
@NullMarked
package io.dhcpfailover.node.failover.message;

import org.jspecify.annotations.NullMarked;
