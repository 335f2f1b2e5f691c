/**
 * Proofs that a server's process has ended and cannot come back unseen, from what Kubernetes says of its pod and its node.
 * The argument is in docs/witness.md. Pure: time is passed in.
 */
@NullMarked
package io.dhcpfailover.operator.witness;

import org.jspecify.annotations.NullMarked;
