package io.dhcpfailover.node.failover.message;

import org.jspecify.annotations.Nullable;

/** What a frame is: a message, or something else and why. */
public sealed interface Decoded {

    /**
     * A message.
     *
     * @param message what it says
     */
    record Accepted(Message message) implements Decoded {}

    /**
     * No message.
     *
     * @param reason why
     * @param offset where that was seen, in octets from the start of the frame
     * @param type what it would have been; null where that is not known
     * @param header of a frame that has one, so that it can be answered
     */
    record Refused(
            Reason reason,
            int offset,
            @Nullable MessageType type,
            @Nullable Header header) implements Decoded {}

    /** Why a frame is no message. */
    enum Reason {
        /** Shorter than a header. */
        TOO_SHORT,
        /** Longer than its dialect allows. */
        TOO_LONG,
        /** The header says another length than the frame has. */
        LENGTH_DIFFERS,
        /** Options would begin inside the header, or after the end. */
        PAYLOAD_OFFSET,
        /** No type of the draft, 0 to 127. */
        UNKNOWN_TYPE,
        /** No type of the draft, 128 to 255: to be ignored (section 6.1). */
        IGNORED_TYPE,
        /** An option is longer than what is left. */
        OPTION_OVERRUN,
        /** An option comes twice in a message or in an update. */
        OPTION_REPEATED,
        /** An option has not as many octets as its value. */
        OPTION_SIZE,
        /** The value of an option is outside its range. */
        OPTION_VALUE,
        /** An option is missing without which the message says nothing. */
        OPTION_MISSING,
        /** A digest that is not the first option, where it is never looked at. */
        DIGEST_MISPLACED(RejectReason.DIGEST_MISMATCH),
        /** The partner speaks another version of the protocol. */
        PROTOCOL_VERSION(RejectReason.PROTOCOL_VERSION_MISMATCH),
        /** No name, or one that no relationship can have. */
        RELATIONSHIP_NAME(RejectReason.INVALID_PARTNER),
        /** No MCLT, or one of 0. */
        MCLT(RejectReason.INVALID_MCLT),
        /** No hash bucket assignment, or one that is not 32 octets. */
        HASH_BUCKETS(RejectReason.HASH_BUCKET_CONFLICT),
        /** More updates or answers than a message may have. */
        TOO_MANY_UPDATES;

        private final RejectReason rejectReason;

        Reason() {
            this(RejectReason.MISCELLANEOUS);
        }

        Reason(RejectReason rejectReason) {
            this.rejectReason = rejectReason;
        }

        /** What a CONNECTACK or DISCONNECT says of it (section 12.21). */
        public RejectReason rejectReason() {
            return rejectReason;
        }

        /** Whether the link has to be closed, which the octets after the frame can no longer be trusted on. */
        public boolean closesLink() {
            return this != IGNORED_TYPE;
        }
    }
}
