@NullMarked
package io.dhcpfailover.lab.kubernetes;

import org.jspecify.annotations.NullMarked;
