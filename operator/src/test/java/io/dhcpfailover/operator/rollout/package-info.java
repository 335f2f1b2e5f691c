@NullMarked
package io.dhcpfailover.operator.rollout;

import org.jspecify.annotations.NullMarked;
