/** Tests. */
@NullMarked
package io.dhcpfailover.node.manage.leases;

import org.jspecify.annotations.NullMarked;
