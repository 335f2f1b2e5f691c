@NullMarked
package io.dhcpfailover.lab.host;

import org.jspecify.annotations.NullMarked;
