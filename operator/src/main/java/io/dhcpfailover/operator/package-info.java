/**
 * The controller: turns the kinds of the API into servers and their configuration, and shows what they do.
 *
 * <p>Knows the types of the node API, never the inside of a node.
 */
@NullMarked
package io.dhcpfailover.operator;

import org.jspecify.annotations.NullMarked;
