package io.dhcpfailover.node.simulation;

import io.dhcpfailover.node.engine.Outcome;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.util.List;

/** Sees what passes between a server and its surroundings, and nothing of what is inside of it. */
interface Witness {

    /** A process began with what its disk holds. */
    default void started(PairServer server, List<byte[]> records) {}

    /** A process ended. */
    default void stopped(PairServer server) {}

    /** A record became durable. */
    default void stored(PairServer server, byte[] record) {}

    /** Records of which a store that failed, or lost power, may hold some. */
    default void tried(PairServer server, List<byte[]> records) {}

    /** A server's disk was replaced by an empty one. */
    default void wiped(PairServer server) {}

    /** A server's disk was replaced by one that holds these records. */
    default void putBack(PairServer server, List<byte[]> records) {}

    /** A server's clock was set by so many seconds. */
    default void clockSet(PairServer server, long seconds) {}

    /** It was told something by its administrator or the cluster. */
    default void happened(PairServer server, FailoverEvent event) {}

    /** It has taken another configuration. */
    default void configured(PairServer server, PairSettings settings) {}

    /** A packet of a client has been decided on. */
    default void received(PairServer server, DhcpPacket packet, Outcome outcome) {}

    /** A reply leaves. */
    default void replied(PairServer server, Reply reply) {}

    /** A session began for it. */
    default void began(PairServer server) {}

    /** A session ended for it. */
    default void ended(PairServer server) {}

    /**
     * A message to its partner leaves.
     *
     * @param session its number
     */
    default void said(PairServer server, long session, Message message) {}

    /**
     * A message of its partner is about to be given to it.
     *
     * @param session its number
     */
    default void heard(PairServer server, long session, Message message) {}
}
