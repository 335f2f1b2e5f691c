package io.dhcpfailover.node.manage.api;

import io.dhcpfailover.api.node.ConfigurationAnswer;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.node.manage.leases.LeaseReview;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a server can be asked. Each may wait for its engine and its disk, and may be called by many threads at a time. */
public interface NodeOperations {

    /** What becomes of a configuration. */
    enum Verdict {
        /** It is on disk and served. */
        HELD,
        /** Something newer is held, or something else of the same generation. */
        STALE,
        /** Something in it is wrong. */
        INVALID,
        /** It is no JSON. */
        UNREADABLE,
        /** The disk does not take it. */
        NOT_STORED
    }

    /** What became of one. */
    record Put(Verdict verdict, ConfigurationAnswer answer) {}

    /** Why an action is not done. */
    enum Reason {
        /** There is no such relationship. */
        UNKNOWN,
        /** Not as things are. */
        REFUSED,
        /** The engine did not come to it in time. */
        BUSY
    }

    /** An action is not done. */
    final class NotDone extends Exception {
        private static final long serialVersionUID = 1;

        private final Reason reason;

        /** With what to do, for people. */
        public NotDone(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }

        /** Why. */
        public Reason reason() {
            return reason;
        }
    }

    /** Takes a configuration as a whole. */
    Put putConfiguration(String json);

    /** Takes the manifest of one scope. */
    Put putScope(String name, String json);

    /** Takes the manifest of one relationship. */
    Put putRelationship(String name, String json);

    /** The configuration that is held, in JSON and without secrets; null where none is. */
    @Nullable String configuration();

    /**
     * What the server says of itself.
     *
     * @throws NotDone where the engine does not say
     */
    NodeStatus status() throws NotDone;

    /**
     * The partner is down.
     *
     * @param lastSeen when it last served a client; null for now
     */
    void partnerDown(String relationship, @Nullable Instant lastSeen) throws NotDone;

    /**
     * The cluster proves that the partner's process has ended. Nothing is done where the relationship does not want that,
     * or is in a state in which it changes nothing.
     *
     * @param at by when it had
     */
    void provedDown(String relationship, Instant at) throws NotDone;

    /** Asks the partner for every binding. */
    void resync(String relationship) throws NotDone;

    /** What can be asked of its leases. */
    LeaseReview leases();

    /** What it counts, in the text format of Prometheus. */
    String metrics();

    /** Hands all clients over, and answers none. */
    void startMaintenance() throws NotDone;

    /** Answers clients again. */
    void endMaintenance() throws NotDone;

    /** Whether the engine's loop turns. */
    boolean isLive();

    /** Whether sockets are bound, the store is recovered, and a configuration is held. */
    boolean isReady();
}
