@NullMarked
package io.dhcpfailover.operator.certificates;

import org.jspecify.annotations.NullMarked;
