package io.dhcpfailover.node.failover.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The type of a message: the third octet of its header (draft-ietf-dhc-failover-12, section 6.1). */
public enum MessageType {
    /** The secondary asks for free addresses. */
    POOLREQ(1),
    /** How many addresses were given to the secondary. */
    POOLRESP(2),
    /** What became of bindings. */
    BNDUPD(3),
    /** Whether the partner took over what became of them. */
    BNDACK(4),
    /** The primary begins. */
    CONNECT(5),
    /** The secondary agrees or refuses. */
    CONNECTACK(6),
    /** Asks for all bindings that ever had a client. */
    UPDREQALL(7),
    /** All that was asked for has been sent and answered. */
    UPDDONE(8),
    /** Asks for all bindings that were not acknowledged. */
    UPDREQ(9),
    /** The sender's state. */
    STATE(10),
    /** The sender is there. */
    CONTACT(11),
    /** The sender closes the link. */
    DISCONNECT(12);

    /** From this number on, a type that is not known is to be ignored, and below it closes the link (section 6.1). */
    static final int IGNORED_MIN = 128;

    private static final List<MessageType> BY_CODE = List.of(values());

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    /** Its number, 1 to 12. */
    public int code() {
        return code;
    }

    /** The type of a number; null where it is none's. */
    public static @Nullable MessageType ofCode(int code) {
        return code < 1 || code > BY_CODE.size() ? null : BY_CODE.get(code - 1);
    }
}
