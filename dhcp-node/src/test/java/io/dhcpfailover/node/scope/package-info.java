/** Tests of compiled scopes. */
@NullMarked
package io.dhcpfailover.node.scope;

import org.jspecify.annotations.NullMarked;
