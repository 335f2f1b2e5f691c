/** What the packages of the operator may use. */
@NullMarked
package io.dhcpfailover.operator.architecture;

import org.jspecify.annotations.NullMarked;
