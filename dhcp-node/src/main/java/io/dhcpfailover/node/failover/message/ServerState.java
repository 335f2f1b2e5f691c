package io.dhcpfailover.node.failover.message;

import org.jspecify.annotations.Nullable;

/**
 * The state of a server in its relationship, as option 24 says it (draft-ietf-dhc-failover-12, sections 9 and 12.24).
 * STARTUP is none of them: a server that starts says the state in which it ended, and sets a flag beside it.
 */
public enum ServerState {
    /** Both serve, each its part. */
    NORMAL(2),
    /** The partner is not heard of, and may live. */
    COMMUNICATIONS_INTERRUPTED(3),
    /** The partner is known to be down. */
    PARTNER_DOWN(4),
    /** Both may have given away the same address. */
    POTENTIAL_CONFLICT(5),
    /** Has to learn all bindings from its partner. */
    RECOVER(6),
    /** Stopped for a while. */
    PAUSED(7),
    /** Stopped for good. */
    SHUTDOWN(8),
    /** Has learned all bindings, and waits for its partner. */
    RECOVER_DONE(9),
    /** The link broke while a conflict was being resolved. */
    RESOLUTION_INTERRUPTED(10),
    /** The primary has all bindings of the secondary, which does not have the primary's yet. */
    CONFLICT_DONE(11),
    /** Waits for what it may have promised before to run out. The draft names no number: measured with ISC dhcpd 4.4.3. */
    RECOVER_WAIT(254);

    private static final int FIRST = NORMAL.code;

    private final int code;

    ServerState(int code) {
        this.code = code;
    }

    /** The number by which partners know it: 2 to 11, or 254. */
    public int code() {
        return code;
    }

    /** The state of a number; null where it is no state's. */
    public static @Nullable ServerState ofCode(int code) {
        if (code == RECOVER_WAIT.code) {
            return RECOVER_WAIT;
        }
        return code < FIRST || code > CONFLICT_DONE.code ? null : values()[code - FIRST];
    }
}
