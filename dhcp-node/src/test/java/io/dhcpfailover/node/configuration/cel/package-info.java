/** Expressions as the API server evaluates them. */
@NullMarked
package io.dhcpfailover.node.configuration.cel;

import org.jspecify.annotations.NullMarked;
