/**
 * By what the operator and its servers know each other: keeps the operator's certificate authority in a Secret of its own
 * namespace, and has certificates made of it.
 */
@NullMarked
package io.dhcpfailover.operator.identity;

import org.jspecify.annotations.NullMarked;
