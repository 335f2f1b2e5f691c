package io.dhcpfailover.node.engine;

import org.jspecify.annotations.Nullable;

/** What a scope is to a relationship, as one of its servers sees it. */
enum Membership {
    /** Both serve it. */
    SHARED(1),
    /** Was served here, and the partner does not know its bindings. */
    ALONE(2),
    /** Is new here, and may have bindings that only the partner knows. */
    JOINING(3),
    /** Is not served here any more, and kept up to date as long as the partner has it. */
    LEAVING(4),
    /** Left it: what is known of it here is a copy that nobody keeps up to date, and is worth nothing. */
    COPY(5),
    /** Is served here again, and the partner may have gone on with it unheard: it has to be told all again. */
    RETURNING(6);

    private final byte code;

    Membership(int code) {
        this.code = (byte) code;
    }

    /** By which a store knows it. */
    byte code() {
        return code;
    }

    /** The one of this code; null where there is none. */
    static @Nullable Membership ofCode(byte code) {
        for (Membership membership : values()) {
            if (membership.code == code) {
                return membership;
            }
        }
        return null;
    }
}
