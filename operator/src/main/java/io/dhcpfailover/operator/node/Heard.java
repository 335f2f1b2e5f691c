package io.dhcpfailover.operator.node;

import io.dhcpfailover.api.node.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a server.
 *
 * @param status what it said last; null before it said anything to this operator
 * @param heardAt when that arrived; null with it
 * @param connected whether its stream is open, so that what it said still holds
 * @param since when it is connected, or is not
 * @param failure why it is not connected, for people; empty where it is
 */
public record Heard(
        @Nullable NodeStatus status, @Nullable Instant heardAt, boolean connected, Instant since, String failure) {

    private static final String NOT_YET = "it was not called yet";

    /** A first call takes no longer. */
    private static final Duration FIRST_CALL_MAX = Duration.ofSeconds(15);

    /** Of a server that was not called yet. */
    public static Heard nothing(Instant now) {
        return new Heard(null, null, false, now, NOT_YET);
    }

    /** Whether it may still answer the first call of this operator, so that nothing can be said of it yet. */
    boolean isAwaited(Instant now) {
        return failure.equals(NOT_YET) && isNew(now);
    }

    /** Whether it has answered only just now. */
    boolean isFresh(Instant now) {
        return connected && isNew(now);
    }

    private boolean isNew(Instant now) {
        return now.isBefore(since.plus(FIRST_CALL_MAX));
    }

    /** After it said something. */
    Heard said(NodeStatus latest, Instant now) {
        return new Heard(latest, now, true, connected ? since : now, "");
    }

    /** After it was lost, or could not be reached again. */
    Heard lost(String why, Instant now) {
        return new Heard(status, heardAt, false, connected ? now : since, why);
    }
}
