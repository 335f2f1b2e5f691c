/**
 * The words in which the operator tells what it saw: conditions, and events, with reasons that stay the same from version
 * to version. Pure.
 */
@NullMarked
package io.dhcpfailover.operator.report;

import org.jspecify.annotations.NullMarked;
