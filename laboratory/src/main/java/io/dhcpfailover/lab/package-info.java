/** The two-server lab that runs on a laptop: its command line. */
@NullMarked
package io.dhcpfailover.lab;

import org.jspecify.annotations.NullMarked;
