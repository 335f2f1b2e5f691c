/** Leases for who looks at them: page by page, what they were, and what administrators do to them. */
@NullMarked
package io.dhcpfailover.node.manage.leases;

import org.jspecify.annotations.NullMarked;
