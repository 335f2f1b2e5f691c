/** The operator as a program: its settings, its beans, and when it begins and ends. */
@NullMarked
package io.dhcpfailover.operator.application;

import org.jspecify.annotations.NullMarked;
