@NullMarked
package io.dhcpfailover.lab.exercise;

import org.jspecify.annotations.NullMarked;
