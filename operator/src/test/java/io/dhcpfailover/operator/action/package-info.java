@NullMarked
package io.dhcpfailover.operator.action;

import org.jspecify.annotations.NullMarked;
