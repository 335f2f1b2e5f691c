/**
 * The values that every part of the project shares: addresses, prefixes, ranges, hardware addresses,
 * client identifiers and durations, each with its parsing, printing and arithmetic.
 *
 * <p>A value is immutable, never null inside, and prints in one canonical form that it parses again.
 * {@code parse} refuses anything else with an {@link java.lang.IllegalArgumentException} whose message says
 * what was given and what is expected. In JSON and YAML each is its text.
 */
@NullMarked
package io.dhcpfailover.api.value;

import org.jspecify.annotations.NullMarked;
