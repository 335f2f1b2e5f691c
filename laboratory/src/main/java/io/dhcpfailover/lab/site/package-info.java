/**
 * A laboratory as a whole: its folder, its addresses of loopback, the embedded API, the operator's process, the nodes with the
 * servers' processes, and the clients. It ends with nothing left.
 */
@NullMarked
package io.dhcpfailover.lab.site;

import org.jspecify.annotations.NullMarked;
