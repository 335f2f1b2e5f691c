/** What a real API server makes of the API: its kinds, their defaults, and what it refuses. */
@NullMarked
package io.dhcpfailover.lab.api;

import org.jspecify.annotations.NullMarked;
