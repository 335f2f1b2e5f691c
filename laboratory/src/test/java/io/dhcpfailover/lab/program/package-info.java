/** The lab as a person starts it: the script, in places and conditions that it has to bear. */
@NullMarked
package io.dhcpfailover.lab.program;

import org.jspecify.annotations.NullMarked;
