/** Tests of the journal: on a simulated disk that loses and tears, and on a real one with a process that is killed. */
@NullMarked
package io.dhcpfailover.node.journal;

import org.jspecify.annotations.NullMarked;
