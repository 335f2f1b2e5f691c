package io.dhcpfailover.node.wire;

import org.jspecify.annotations.Nullable;

/** What a DHCP message is: option 53 (RFC 2132, section 9.6; RFC 4388, section 6.1). */
public enum MessageType {
    /** A client looks for servers. */
    DISCOVER(1),
    /** A server offers an address. */
    OFFER(2),
    /** A client takes an offer, confirms an address after a reboot, or extends its lease. */
    REQUEST(3),
    /** A client found that its address is in use. */
    DECLINE(4),
    /** A server grants an address. */
    ACK(5),
    /** A server refuses an address. */
    NAK(6),
    /** A client gives its address back. */
    RELEASE(7),
    /** A client that has an address asks for options. */
    INFORM(8),
    /** Somebody asks who has an address. */
    LEASEQUERY(10),
    /** The address belongs to this server and to no client. */
    LEASEUNASSIGNED(11),
    /** Nothing is known of what was asked. */
    LEASEUNKNOWN(12),
    /** Somebody has the address. */
    LEASEACTIVE(13);

    private static final @Nullable MessageType[] BY_CODE = new MessageType[14];

    static {
        for (MessageType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    /** The value of option 53. */
    public int code() {
        return code;
    }

    /** The type of this code; null where none has it that this server knows. */
    public static @Nullable MessageType ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
