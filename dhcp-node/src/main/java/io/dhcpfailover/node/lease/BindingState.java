package io.dhcpfailover.node.lease;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an address is to its server: the binding-status of draft-ietf-dhc-failover-12, section 4, with its codes. */
public enum BindingState {
    /** Nobody's; in a relationship the primary's to give. */
    FREE(1),
    /** A client's. */
    ACTIVE(2),
    /** The lease ran out, and the partner has not agreed yet. */
    EXPIRED(3),
    /** The client gave it back, and the partner has not agreed yet. */
    RELEASED(4),
    /** Somebody uses it who should not: given to nobody for a while. */
    ABANDONED(5),
    /** Freed by an administrator, and the partner has not agreed yet. */
    RESET(6),
    /** Nobody's; the secondary's to give. */
    BACKUP(7);

    private static final List<BindingState> BY_CODE = List.of(values());

    private final int code;

    BindingState(int code) {
        this.code = code;
    }

    /** The number by which stores and partners know it, 1 to 7. */
    public int code() {
        return code;
    }

    /** The state of a number; null where it is no state's. */
    public static @Nullable BindingState ofCode(int code) {
        return code < 1 || code > BY_CODE.size() ? null : BY_CODE.get(code - 1);
    }
}
