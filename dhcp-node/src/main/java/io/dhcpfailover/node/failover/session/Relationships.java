package io.dhcpfailover.node.failover.session;

import java.util.List;

/** The relationships that a connection may turn out to be of, on the side that waits for a CONNECT. */
public interface Relationships {

    /** Those with the partner at the other end in which this server is the secondary. */
    List<Terms> awaited();

    /** Whether a session of a relationship has begun, which no other replaces. */
    boolean isLinked(String relationship);
}
