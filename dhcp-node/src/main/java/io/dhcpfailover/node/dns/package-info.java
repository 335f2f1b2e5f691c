/**
 * Dynamic DNS updates (RFC 2136, RFC 4702, RFC 4703).
 */
@NullMarked
package io.dhcpfailover.node.dns;

import org.jspecify.annotations.NullMarked;
