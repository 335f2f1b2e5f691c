package io.dhcpfailover.operator.rollout;

/**
 * What to do with a server next.
 *
 * @param kind what
 * @param message why, for an event
 * @param evictable whether its pod may be evicted: its clients are handed over
 */
public record Step(Kind kind, String message, boolean evictable) {

    /** What can be done with a server. */
    public enum Kind {
        /** Nothing. */
        KEEP,
        /** It is recorded as in hand, and then told to hand its clients over. */
        HAND_OVER,
        /** Its pod is deleted, so that one of what is wanted comes. */
        REPLACE,
        /** It is told to serve again. */
        TAKE_BACK,
        /** It is not in hand any more: both servers are in NORMAL. */
        LET_GO,
        /** Something has to happen first. */
        WAIT,
        /** It has not come back, and nothing is done with its partners until somebody has looked. */
        STOPPED
    }

    static Step of(Kind kind, String message) {
        return new Step(kind, message, false);
    }
}
