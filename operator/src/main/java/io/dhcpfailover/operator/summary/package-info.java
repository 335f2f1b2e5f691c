/**
 * What is to be said of objects, from what is asked and what servers report: their statuses, with conditions and a message
 * that a person can act on, and the events that lie between two statuses. Pure: time is passed in.
 */
@NullMarked
package io.dhcpfailover.operator.summary;

import org.jspecify.annotations.NullMarked;
