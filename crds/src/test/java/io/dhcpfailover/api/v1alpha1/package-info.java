/** Tests of the kinds. */
@NullMarked
package io.dhcpfailover.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
