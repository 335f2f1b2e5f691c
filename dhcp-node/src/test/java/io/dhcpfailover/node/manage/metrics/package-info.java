/** Tests. */
@NullMarked
package io.dhcpfailover.node.manage.metrics;

import org.jspecify.annotations.NullMarked;
