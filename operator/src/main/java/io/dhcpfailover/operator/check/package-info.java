/**
 * What {@code helm test} runs, with the operator's own account: whether the API server serves the kinds, whether the
 * operator may do what it has to, and whether servers answer a client. It uses nothing of the operator itself.
 */
@NullMarked
package io.dhcpfailover.operator.check;

import org.jspecify.annotations.NullMarked;
