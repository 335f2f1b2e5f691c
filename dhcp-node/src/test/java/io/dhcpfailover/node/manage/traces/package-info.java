@NullMarked
package io.dhcpfailover.node.manage.traces;

import org.jspecify.annotations.NullMarked;
