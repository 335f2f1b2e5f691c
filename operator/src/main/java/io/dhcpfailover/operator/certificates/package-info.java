/**
 * The operator's own certificate authority: certificates for servers and for the operator, renewed at two thirds of their
 * life, and an authority that is replaced while both are trusted. All in PEM, as a Secret of type kubernetes.io/tls has it.
 * No I/O and no clock; randomness is passed in.
 */
@NullMarked
package io.dhcpfailover.operator.certificates;

import org.jspecify.annotations.NullMarked;
