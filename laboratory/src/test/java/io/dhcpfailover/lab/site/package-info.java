@NullMarked
package io.dhcpfailover.lab.site;

import org.jspecify.annotations.NullMarked;
