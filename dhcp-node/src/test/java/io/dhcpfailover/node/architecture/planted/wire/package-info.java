/** Mistakes against the order of packages, on which the rules are tried. */
@NullMarked
package io.dhcpfailover.node.architecture.planted.wire;

import org.jspecify.annotations.NullMarked;
