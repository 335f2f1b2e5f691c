@NullMarked
package io.dhcpfailover.operator.witness;

import org.jspecify.annotations.NullMarked;
