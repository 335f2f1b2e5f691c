/** The workloads of servers as they are in the cluster: their pods, and what the operator notes on them. */
@NullMarked
package io.dhcpfailover.operator.workload;

import org.jspecify.annotations.NullMarked;
