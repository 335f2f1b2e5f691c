@NullMarked
package io.dhcpfailover.lab.docs;

import org.jspecify.annotations.NullMarked;
