package io.dhcpfailover.node.network;

import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.session.Agreement;
import io.dhcpfailover.node.failover.session.Ending;

/**
 * Takes what links bring, in the network's thread; so it must not wait. Sessions have numbers, which are never used
 * again in the life of a process. Of one relationship, one session is up at a time: its end comes before the next begins.
 */
public interface PartnerReceiver {

    /** A session is up. */
    void began(String relationship, long session, Agreement agreement);

    /**
     * A message has come in it.
     *
     * @param taken to be run, in any thread, once the message has been worked on: a partner that sends faster than that
     *     is not read from any more
     */
    void heard(String relationship, long session, Message message, Runnable taken);

    /** The session is over. */
    void ended(String relationship, long session, Ending ending);

    /** There is no session, and this is why an attempt came to nothing. */
    default void failed(String relationship, Ending ending) {}
}
