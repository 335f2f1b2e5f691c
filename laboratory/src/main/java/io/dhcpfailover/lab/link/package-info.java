/** The link between both servers of a laboratory, as a network that can be cut between them. */
@NullMarked
package io.dhcpfailover.lab.link;

import org.jspecify.annotations.NullMarked;
