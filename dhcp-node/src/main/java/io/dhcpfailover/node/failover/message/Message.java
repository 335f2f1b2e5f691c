package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.node.failover.ServerState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of the failover protocol (draft-ietf-dhc-failover-12, section 7).
 *
 * <p>Texts have one octet for each character (ISO 8859-1). Of what a partner sent, characters that control a terminal
 * are read as question marks; of a message for persons, the first 255 characters are sent and read.
 */
public sealed interface Message {

    /** Time and number of the message. */
    Header header();

    /** What it is. */
    MessageType type();

    /**
     * The primary begins (section 7.8).
     *
     * @param relationshipName of the relationship, 1 to 255 octets in UTF-8; compared octet by octet
     * @param parameters what it asks of the secondary
     * @param vendorClass its software, 0 to 255 characters
     * @param tlsRequest whether it wants TLS: 0 no, 1 if possible, 2 it must be
     * @param mclt the maximum client lead time, 1 to 2^32 - 1 seconds
     * @param hashBuckets 32 octets, a bit for each of the 256 hash buckets: a 1 is a bucket of the primary, the
     *     reverse of the draft (measured with ISC dhcpd 4.4.3)
     * @param extension what it can besides the draft; null where it is no server of this project
     */
    record Connect(
            Header header,
            String relationshipName,
            LinkParameters parameters,
            String vendorClass,
            int tlsRequest,
            long mclt,
            Octets hashBuckets,
            @Nullable Extension extension)
            implements Message {

        static final int NAME_LENGTH_MAX = 255;
        static final int TLS_REQUEST_MAX = 2;
        static final int HASH_BUCKETS_LENGTH = 32;

        /**
         * @throws IllegalArgumentException when a value is outside its range
         */
        public Connect {
            Texts.checkName(relationshipName, 1);
            Texts.checkVendorClass(vendorClass);
            Ranges.between("tls-request", tlsRequest, 0, TLS_REQUEST_MAX);
            Ranges.between("MCLT", mclt, 1, Ranges.UINT32_MAX);
            Ranges.between("octets of hash buckets:", hashBuckets.length(), HASH_BUCKETS_LENGTH, HASH_BUCKETS_LENGTH);
        }

        @Override
        public MessageType type() {
            return MessageType.CONNECT;
        }
    }

    /**
     * The secondary agrees or refuses (section 7.9).
     *
     * @param relationshipName as in the CONNECT; empty where a refusal does not say it
     * @param parameters what it asks of the primary; null where a refusal does not say it
     * @param vendorClass its software, 0 to 255 characters
     * @param tlsReply whether TLS is used: 0 or 1; null where the CONNECT asked nothing
     * @param refusal why it refuses; null where it agrees
     * @param message why, for a person; null where there is nothing to say
     * @param extension which features of the CONNECT's both use; null where one of them is no server of this project
     */
    record ConnectAck(
            Header header,
            String relationshipName,
            @Nullable LinkParameters parameters,
            String vendorClass,
            @Nullable Integer tlsReply,
            @Nullable RejectReason refusal,
            @Nullable String message,
            @Nullable Extension extension)
            implements Message {

        static final int TLS_REPLY_MAX = 1;

        /**
         * @throws IllegalArgumentException when a value is outside its range, or one is null that must not be
         */
        public ConnectAck {
            Texts.checkName(relationshipName, refusal == null ? 1 : 0);
            Texts.checkVendorClass(vendorClass);
            if (refusal == null && parameters == null) {
                throw new IllegalArgumentException("a CONNECTACK that agrees says the parameters of the link");
            }
            if (tlsReply != null) {
                Ranges.between("tls-reply", tlsReply, 0, TLS_REPLY_MAX);
            }
        }

        /** The secondary agrees; nothing was asked about TLS, and nothing is said. */
        public static ConnectAck accept(
                Header header,
                String relationshipName,
                LinkParameters parameters,
                String vendorClass,
                @Nullable Integer tlsReply,
                @Nullable Extension extension) {
            return new ConnectAck(header, relationshipName, parameters, vendorClass, tlsReply, null, null, extension);
        }

        @Override
        public MessageType type() {
            return MessageType.CONNECTACK;
        }
    }

    /**
     * The sender's state (section 7.10).
     *
     * @param state the state; never STARTUP, which is a flag beside the state before it
     * @param startup it has only just started, and serves nobody yet
     * @param since when the state began, in seconds since 1970 (UTC), 0 to 2^32 - 1
     * @param terms what the sender says besides; null where it is no server of this project
     */
    record State(
            Header header,
            ServerState state,
            boolean startup,
            long since,
            @Nullable Terms terms) implements Message {

        /** Of option 23, whose least significant bit is bit 0 (measured with ISC dhcpd 4.4.3). */
        static final int STARTUP = 1;

        /**
         * @throws IllegalArgumentException when the time is outside its range
         */
        public State {
            Ranges.uint32("start-time-of-state", since);
        }

        /** Of a server that is none of this project. */
        public State(Header header, ServerState state, boolean startup, long since) {
            this(header, state, startup, since, null);
        }

        @Override
        public MessageType type() {
            return MessageType.STATE;
        }
    }

    /** The sender is there (section 7.11). */
    record Contact(Header header) implements Message {
        @Override
        public MessageType type() {
            return MessageType.CONTACT;
        }
    }

    /**
     * The sender closes the link (section 7.12).
     *
     * @param reason why; {@link RejectReason#UNKNOWN} where it does not say
     * @param message why, for a person; null where there is nothing to say
     */
    record Disconnect(
            Header header, RejectReason reason, @Nullable String message) implements Message {
        @Override
        public MessageType type() {
            return MessageType.DISCONNECT;
        }
    }

    /**
     * What became of bindings: BNDUPD (section 7.1). A BNDACK with its xid answers the updates, and carries the refused
     * as they are.
     *
     * @param updates each about another address
     * @param refused answers to updates that said an address and nothing to be used of it; empty on sending
     */
    record BindingUpdates(Header header, List<BindingUpdate> updates, List<BindingAnswer> refused) implements Message {
        public BindingUpdates {
            updates = List.copyOf(updates);
            refused = List.copyOf(refused);
        }

        /** To be sent. */
        public BindingUpdates(Header header, List<BindingUpdate> updates) {
            this(header, updates, List.of());
        }

        @Override
        public MessageType type() {
            return MessageType.BNDUPD;
        }
    }

    /**
     * Answers to all updates of a BNDUPD (section 7.2).
     *
     * @param header with the xid of the BNDUPD
     * @param answers one for each update
     */
    record BindingAcknowledgement(Header header, List<BindingAnswer> answers) implements Message {
        public BindingAcknowledgement {
            answers = List.copyOf(answers);
        }

        @Override
        public MessageType type() {
            return MessageType.BNDACK;
        }
    }

    /** Asks for all bindings that were not acknowledged: UPDREQ (section 7.3). */
    record UpdateRequest(Header header) implements Message {
        @Override
        public MessageType type() {
            return MessageType.UPDREQ;
        }
    }

    /** Asks for all bindings that ever had a client: UPDREQALL (section 7.4). */
    record UpdateRequestAll(Header header) implements Message {
        @Override
        public MessageType type() {
            return MessageType.UPDREQALL;
        }
    }

    /** All that was asked for has been sent and answered: UPDDONE, with the xid of the request (section 7.5). */
    record UpdateDone(Header header) implements Message {
        @Override
        public MessageType type() {
            return MessageType.UPDDONE;
        }
    }

    /** Asks for free addresses: POOLREQ (section 7.6). */
    record PoolRequest(Header header) implements Message {
        @Override
        public MessageType type() {
            return MessageType.POOLREQ;
        }
    }

    /**
     * How many addresses a POOLREQ gets: POOLRESP, with its xid (section 7.7).
     *
     * @param addressesTransferred how many, 0 to 2^32 - 1
     */
    record PoolResponse(Header header, long addressesTransferred) implements Message {

        /**
         * @throws IllegalArgumentException when the number is outside its range
         */
        public PoolResponse {
            Ranges.uint32("addresses-transferred", addressesTransferred);
        }

        @Override
        public MessageType type() {
            return MessageType.POOLRESP;
        }
    }
}
