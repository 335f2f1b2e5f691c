package io.dhcpfailover.node.network;

import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.wire.Decoded;
import io.dhcpfailover.node.wire.DhcpPacket;

/**
 * Takes what comes in, in the network's thread; so it must not wait. What it throws is counted as
 * {@link Counters.Kind#FAILED} and stops nothing.
 */
public interface Receiver {

    /** A request of a client, by itself or through a relay. */
    void received(DhcpPacket packet, Origin origin);

    /** Octets that are no packet. */
    void refused(Decoded.Refused reason, Origin origin);

    /**
     * Whether so many new clients wait that another one would be dropped. Then their packets are not even read, which leaves
     * time for those of clients that have an address.
     */
    boolean isCrowded();

    /** For now there is no more: what was received since the last time can be worked on together. */
    void batchEnd();
}
