@NullMarked
package io.dhcpfailover.node.manage;

import org.jspecify.annotations.NullMarked;
