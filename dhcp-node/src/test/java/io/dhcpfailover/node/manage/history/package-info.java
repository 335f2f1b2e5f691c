/** Tests. */
@NullMarked
package io.dhcpfailover.node.manage.history;

import org.jspecify.annotations.NullMarked;
