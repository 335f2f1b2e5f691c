package io.dhcpfailover.node.failover.session;

import io.dhcpfailover.node.failover.session.Ending.Cause;
import org.jspecify.annotations.Nullable;

/** CONNECT and CONNECTACK, from one side. */
interface Handshake {

    /** What a frame led to. */
    sealed interface Step {}

    /** Nothing yet. */
    record Waiting() implements Step {}

    /**
     * Both agree.
     *
     * @param terms of the relationship that it is
     * @param agreement what was agreed on
     * @param frames the session's from now on
     * @param proved whether the partner can only be the one that made this frame for this session; otherwise its next
     *     frame proves it
     */
    record Agreed(Terms terms, Agreement agreement, SealedFrames frames, boolean proved) implements Step {}

    /** They do not, and what is to be said about it has been sent. */
    record Failed(Cause cause, String text) implements Step {}

    /** The connection is there. */
    void open(Moment now);

    /** A frame has come. */
    Step read(byte[] frame, Moment now);

    /** Of which relationship it is; null where that is not known yet. */
    @Nullable String relationship();
}
