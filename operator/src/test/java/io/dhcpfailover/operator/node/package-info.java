/** The operator's side of the node API, against a stand-in that speaks the same documents. */
@NullMarked
package io.dhcpfailover.operator.node;

import org.jspecify.annotations.NullMarked;
