/** DhcpScopes: their statuses, and what happens to the copies of one that leaves a relationship. */
@NullMarked
package io.dhcpfailover.operator.scope;

import org.jspecify.annotations.NullMarked;
