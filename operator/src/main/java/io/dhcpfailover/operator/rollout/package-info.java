/**
 * How a change that needs a restart reaches servers, and how a node is emptied: one server of a pair after the other, the
 * one with fewer clients first, handed over before and back in NORMAL afterwards. Pure: time is passed in.
 */
@NullMarked
package io.dhcpfailover.operator.rollout;

import org.jspecify.annotations.NullMarked;
