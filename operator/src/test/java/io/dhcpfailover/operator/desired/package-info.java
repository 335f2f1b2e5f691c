/** What the operator makes of what users ask for. */
@NullMarked
package io.dhcpfailover.operator.desired;

import org.jspecify.annotations.NullMarked;
