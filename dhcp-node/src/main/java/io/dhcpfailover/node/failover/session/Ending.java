package io.dhcpfailover.node.failover.session;

import org.jspecify.annotations.Nullable;

/**
 * How a session ended, or why none began.
 *
 * @param relationship the one that it was of; null where that never became known
 * @param began whether CONNECT and CONNECTACK had passed, and {@link SessionListener#began} was called
 * @param cause by what
 * @param text for a person: what, and what to do where that helps
 * @param lastHeard when anything authentic was last heard on it, in seconds since 1970 by this server's clock; 0 where
 *     nothing was
 */
public record Ending(@Nullable String relationship, boolean began, Cause cause, String text, long lastHeard) {

    /** By what a session ends. */
    public enum Cause {
        /** The partner closed it, with DISCONNECT or without. */
        CLOSED,
        /** The connection broke. */
        LOST,
        /** Nothing was heard for too long. */
        SILENT,
        /** No CONNECT, or no answer to it, in time. */
        LATE,
        /** A frame did not come from the partner, or not at its place in the session. */
        NOT_AUTHENTIC,
        /** What came is no message, or none that can come then. */
        BROKEN,
        /** The clocks are too far apart, or were set. */
        CLOCKS,
        /** One of the two refused the other for something that a person has to change. */
        REFUSED,
        /** There is another session of the relationship. */
        DUPLICATE,
        /** This server wants a new one: its configuration or its engine asks for it. */
        RENEWED,
        /** This server ends, or takes no part in the relationship any more. */
        STOPPED
    }
}
