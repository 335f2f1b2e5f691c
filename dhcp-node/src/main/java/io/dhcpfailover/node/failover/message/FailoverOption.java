package io.dhcpfailover.node.failover.message;

import static io.dhcpfailover.node.failover.message.MessageType.BNDACK;
import static io.dhcpfailover.node.failover.message.MessageType.BNDUPD;
import static io.dhcpfailover.node.failover.message.MessageType.CONNECT;
import static io.dhcpfailover.node.failover.message.MessageType.CONNECTACK;
import static io.dhcpfailover.node.failover.message.MessageType.DISCONNECT;
import static io.dhcpfailover.node.failover.message.MessageType.POOLRESP;
import static io.dhcpfailover.node.failover.message.MessageType.STATE;

import org.jspecify.annotations.Nullable;

/**
 * The options that are read: code, octets of the value, and the messages that have it (draft-ietf-dhc-failover-12,
 * section 12, where the number after the point is the code). Any other is skipped, as is one in a message that does
 * not have it (measured with ISC dhcpd 4.4.3): DDNS, client-reply-options and delayed-service-parameter are never used
 * by this server, and DDNS is never sent because it closes a link of ISC dhcpd 4.4.3.
 */
enum FailoverOption {
    ADDRESSES_TRANSFERRED(1, 4, POOLRESP),
    ASSIGNED_ADDRESS(2, 4, BNDUPD, BNDACK),
    BINDING_STATUS(3, 1, BNDUPD),
    CLIENT_IDENTIFIER(4, FailoverOption.ANY, BNDUPD),
    CLIENT_HARDWARE_ADDRESS(5, FailoverOption.ANY, BNDUPD),
    CLIENT_LAST_TRANSACTION_TIME(6, 4, BNDUPD),
    CLIENT_REQUEST_OPTIONS(8, FailoverOption.ANY, BNDUPD),
    HASH_BUCKET_ASSIGNMENT(11, FailoverOption.ANY, CONNECT),
    /** The draft prints one octet and draws two, which are what ISC dhcpd 4.4.3 asks for. */
    IP_FLAGS(12, 2, BNDUPD),
    LEASE_EXPIRATION_TIME(13, 4, BNDUPD),
    MAX_UNACKED_BNDUPD(14, 4, CONNECT, CONNECTACK),
    MCLT(15, 4, CONNECT),
    MESSAGE(16, FailoverOption.ANY, BNDACK, CONNECTACK, DISCONNECT),
    POTENTIAL_EXPIRATION_TIME(18, 4, BNDUPD),
    RECEIVE_TIMER(19, 4, CONNECT, CONNECTACK),
    PROTOCOL_VERSION(20, 1, CONNECT, CONNECTACK),
    REJECT_REASON(21, 1, BNDACK, CONNECTACK, DISCONNECT),
    RELATIONSHIP_NAME(22, FailoverOption.ANY, CONNECT, CONNECTACK),
    SERVER_FLAGS(23, 1, STATE),
    SERVER_STATE(24, 1, STATE),
    START_TIME_OF_STATE(25, 4, STATE, BNDUPD),
    TLS_REPLY(26, 1, CONNECTACK),
    TLS_REQUEST(27, 1, CONNECT),
    VENDOR_CLASS_IDENTIFIER(28, FailoverOption.ANY, CONNECT, CONNECTACK),
    VENDOR_SPECIFIC_OPTIONS(29, FailoverOption.ANY, CONNECT, CONNECTACK, BNDUPD, STATE);

    /** Of a size: any. */
    static final int ANY = -1;

    /** Octets before the value of an option: code (2), length (2). */
    static final int HEADER_LENGTH = 4;

    /** Code of message-digest, which every message can have: {@link FrameAuthenticator}'s. */
    static final int MESSAGE_DIGEST_CODE = 17;

    /** One more than the greatest code. */
    static final int CODES = 30;

    private static final @Nullable FailoverOption[] BY_CODE = new FailoverOption[CODES];

    static {
        for (FailoverOption option : values()) {
            BY_CODE[option.code] = option;
        }
    }

    private final int code;
    private final int size;
    private final int messages;

    FailoverOption(int code, int size, MessageType... messages) {
        this.code = code;
        this.size = size;
        int bits = 0;
        for (MessageType message : messages) {
            bits |= 1 << message.code();
        }
        this.messages = bits;
    }

    int code() {
        return code;
    }

    /** Octets of its value, or {@link #ANY}. */
    int size() {
        return size;
    }

    boolean isOf(MessageType message) {
        return (messages & 1 << message.code()) != 0;
    }

    /** The option of a code, 0 to 65535; null where it is not read. */
    static @Nullable FailoverOption ofCode(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
