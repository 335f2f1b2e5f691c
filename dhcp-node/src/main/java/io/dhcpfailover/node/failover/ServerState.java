package io.dhcpfailover.node.failover;

import io.dhcpfailover.api.v1alpha1.FailoverState;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a server is to its partner: the server-state of draft-ietf-dhc-failover-12, sections 9.2 and 12.24, with the
 * codes of its messages. RECOVER-WAIT has none in the draft; 254 is what ISC dhcpd 4.4.3 sends.
 */
public enum ServerState {
    /** Started, and has not heard of its partner yet. Never sent: the state before it is, with a flag. */
    STARTUP(1, FailoverState.Startup),
    /** Both serve, and hear of each other. */
    NORMAL(2, FailoverState.Normal),
    /** The partner is not heard, and may still serve. */
    COMMUNICATIONS_INTERRUPTED(3, FailoverState.CommunicationsInterrupted),
    /** The partner is known not to serve. */
    PARTNER_DOWN(4, FailoverState.PartnerDown),
    /** Both may have served all addresses at a time. */
    POTENTIAL_CONFLICT(5, FailoverState.PotentialConflict),
    /** Asks its partner for what it does not know itself. */
    RECOVER(6, FailoverState.Recover),
    /** Stops for a short while. */
    PAUSED(7, FailoverState.Paused),
    /** Stops for long, and its partner may serve alone. */
    SHUTDOWN(8, FailoverState.Shutdown),
    /** Knows all that its partner knows, and waits for it to say that it knows that. */
    RECOVER_DONE(9, FailoverState.RecoverDone),
    /** The partner was lost while conflicts were being resolved. */
    RESOLUTION_INTERRUPTED(10, FailoverState.ResolutionInterrupted),
    /** The primary has resolved conflicts on its side, the secondary not yet on its own. */
    CONFLICT_DONE(11, FailoverState.ConflictDone),
    /** Knows all that its partner knows, and waits until leases have ended that nobody knows of. */
    RECOVER_WAIT(254, FailoverState.RecoverWait);

    private static final Map<Integer, ServerState> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ServerState::code, Function.identity()));

    private final int code;
    private final FailoverState shown;

    ServerState(int code, FailoverState shown) {
        this.code = code;
        this.shown = shown;
    }

    /** The number by which stores and partners know it, 1 to 254. */
    public int code() {
        return code;
    }

    /** The state of a number; null where it is no state's. */
    public static @Nullable ServerState ofCode(int code) {
        return BY_CODE.get(code);
    }

    /** As users see it. */
    public FailoverState shown() {
        return shown;
    }

    /** What becomes of it when the partner is not heard any more, or has not been heard yet after a start. */
    ServerState withoutPartner() {
        return switch (this) {
            case NORMAL -> COMMUNICATIONS_INTERRUPTED;
            case POTENTIAL_CONFLICT -> RESOLUTION_INTERRUPTED;
            default -> this;
        };
    }

    /** Whether a server in it answers no client and will not begin to by itself. */
    boolean isStopped() {
        return this == PAUSED || this == SHUTDOWN;
    }

    /** Whether conflicts are being resolved, or were when the partner was lost. */
    boolean isConflict() {
        return this == POTENTIAL_CONFLICT || this == RESOLUTION_INTERRUPTED || this == CONFLICT_DONE;
    }
}
