/**
 * The part of the Common Expression Language that the kinds' validation rules are written in, with Kubernetes' library
 * for addresses, URLs, lists and regular expressions, read and evaluated without a library. A server has to answer its
 * first packet soon after its process starts, and general implementations take most of a second to start.
 *
 * <p>Values are {@link java.lang.Boolean}, {@link java.lang.Long}, {@link java.lang.Double}, {@link java.lang.String},
 * {@link java.util.List}, {@link java.util.Map} and {@link java.time.Instant}, and the addresses, networks and URLs of
 * this package. What a rule uses and this package does not know, is refused when the rule is read.
 */
@NullMarked
package io.dhcpfailover.node.configuration.cel;

import org.jspecify.annotations.NullMarked;
