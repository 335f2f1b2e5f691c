/** The prompt of a laboratory, for who wants to try the pair by hand. */
@NullMarked
package io.dhcpfailover.lab.prompt;

import org.jspecify.annotations.NullMarked;
