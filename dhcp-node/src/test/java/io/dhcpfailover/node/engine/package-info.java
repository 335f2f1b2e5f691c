@NullMarked
package io.dhcpfailover.node.engine;

import org.jspecify.annotations.NullMarked;
