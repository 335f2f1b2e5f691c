@NullMarked
package io.dhcpfailover.operator.validation;

import org.jspecify.annotations.NullMarked;
