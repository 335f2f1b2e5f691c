package io.dhcpfailover.operator.witness;

import io.dhcpfailover.api.node.RelationshipReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What whatever starts in place of a server is told: in a relationship it was taken for down by this time, and serves
 * nobody there until it has met its partner, unless it has heard it since.
 */
public final class Fence {

    /** Two servers that lose each other notice it no further apart. */
    static final Duration LOSS_MAX = Duration.ofSeconds(10);

    private Fence() {}

    /** The time to tell: the server had ended by then, whatever its clock says. */
    public static Instant at(Instant now) {
        return now.plus(Witness.SKEW_MAX).truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Whether a server that was told this time cannot have heard its partner later, by its own clock: if it could, it would
     * take what it was told for that of an earlier end, and serve.
     *
     * @param told null for nothing
     * @param survivor what its partner says, which has not heard it since the end that is judged
     */
    public static boolean holds(@Nullable Instant told, RelationshipReport survivor) {
        Instant heard = survivor.lastContact();
        return told != null
                && (heard == null || heard.plus(Witness.SKEW_MAX).plus(LOSS_MAX).isBefore(told));
    }
}
