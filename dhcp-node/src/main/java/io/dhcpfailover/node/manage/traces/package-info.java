/** Traces of clients that get an address, for who has a collector of OpenTelemetry. Off where nobody asks for them. */
@NullMarked
package io.dhcpfailover.node.manage.traces;

import org.jspecify.annotations.NullMarked;
