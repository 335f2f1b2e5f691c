/**
 * The network of the end-to-end tests: hosts that servers and clients run on, whatever machine they are on. A program
 * outside of the project describes it and acts on it ({@link io.dhcpfailover.lab.lan.Lan}).
 */
@NullMarked
package io.dhcpfailover.lab.lan;

import org.jspecify.annotations.NullMarked;
