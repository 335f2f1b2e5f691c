/**
 * The two-server lab that runs on a laptop, and the fixtures that it shares with the end-to-end tests.
 */
@NullMarked
package io.dhcpfailover.lab;

import org.jspecify.annotations.NullMarked;
