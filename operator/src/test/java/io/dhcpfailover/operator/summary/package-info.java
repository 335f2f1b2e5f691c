@NullMarked
package io.dhcpfailover.operator.summary;

import org.jspecify.annotations.NullMarked;
