package io.dhcpfailover.node.engine;

import io.dhcpfailover.node.failover.message.Dialect;

/**
 * A session with a partner, as CONNECT and CONNECTACK agreed on it.
 *
 * @param dialect what both speak
 * @param unackedUpdatesMax how many updates the partner takes before it has answered the first of them, 1 or more
 * @param skewSeconds the partner's clock less this server's, between -60 and 60: to be taken off from every time that
 *     the partner says
 */
public record PartnerSession(Dialect dialect, long unackedUpdatesMax, long skewSeconds) {}
