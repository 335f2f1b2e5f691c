package io.dhcpfailover.operator.witness;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the evidence comes to. */
public sealed interface Verdict {

    /**
     * The process has ended, and cannot come back unseen.
     *
     * @param at a time by which it had ended, by any clock that failover tolerates
     * @param evidence what shows it, for an event
     */
    record Proved(Instant at, String evidence) implements Verdict {}

    /**
     * The process has ended, and may come back as it was. Whatever starts in its place is to be told first, and once the
     * workload has taken that up, the pod is to be deleted, gracefully and by its uid.
     *
     * @param podUid of the pod to delete; null where none has to be
     * @param evidence what shows it, for an event
     */
    record FenceFirst(@Nullable String podUid, String evidence) implements Verdict {}

    /**
     * Nothing is proved.
     *
     * @param reason why, for people
     */
    record Unproved(String reason) implements Verdict {}
}
