package io.dhcpfailover.node.failover.session;

import io.dhcpfailover.node.failover.message.Message;

/** What a session does. Called from within its methods, in the order in which things happen. */
public interface SessionListener {

    /** A frame has to be sent. */
    void send(byte[] frame);

    /** CONNECT and CONNECTACK have passed, and the partner is known to be the one at the other end. */
    void began(Agreement agreement);

    /** A message of the partner that is not about the session itself. */
    void heard(Message message);

    /** It is over: the connection is to be closed after the frames that were sent. Nothing is called after this. */
    void ended(Ending ending);
}
