package io.dhcpfailover.node.failover.session;

/**
 * A moment, by two clocks.
 *
 * @param ticks milliseconds by a clock that nobody can set; for how long something lasts
 * @param time seconds since 1970 (UTC), by the server's clock; for what is said to partners
 */
public record Moment(long ticks, long time) {}
