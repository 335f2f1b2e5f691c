/** The order of the packages, as a rule that the build checks. */
@NullMarked
package io.dhcpfailover.node.architecture;

import org.jspecify.annotations.NullMarked;
