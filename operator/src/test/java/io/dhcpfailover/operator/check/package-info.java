/** What helm test looks at. */
@NullMarked
package io.dhcpfailover.operator.check;

import org.jspecify.annotations.NullMarked;
