/** Mistakes that a rule has to find. */
@NullMarked
package io.dhcpfailover.operator.architecture.planted.witness;

import org.jspecify.annotations.NullMarked;
