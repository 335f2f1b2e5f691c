/** Tests of the values. */
@NullMarked
package io.dhcpfailover.api.value;

import org.jspecify.annotations.NullMarked;
