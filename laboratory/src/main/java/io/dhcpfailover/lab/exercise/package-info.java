/** The classic exercise of a failover pair, in six steps: each says what happens, and holds it against what should. */
@NullMarked
package io.dhcpfailover.lab.exercise;

import org.jspecify.annotations.NullMarked;
