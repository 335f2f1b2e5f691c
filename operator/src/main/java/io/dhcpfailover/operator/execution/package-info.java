/** DhcpFailoverActions: does what each asks, once, and keeps the record of it. */
@NullMarked
package io.dhcpfailover.operator.execution;

import org.jspecify.annotations.NullMarked;
