/** The server as a process of its own. */
@NullMarked
package io.dhcpfailover.node.manage;

import org.jspecify.annotations.NullMarked;
