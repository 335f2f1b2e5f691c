package io.dhcpfailover.node.failover;

import org.jspecify.annotations.Nullable;

/**
 * What happens to a relationship by itself, and when.
 *
 * @param at seconds since 1970, UTC
 * @param event to be decided then
 */
public record Deadline(long at, FailoverEvent event) {

    /** How long a server waits for its partner after a start; draft-ietf-dhc-failover-12, section 9.3.2, says 5 to 10. */
    public static final long STARTUP_SECONDS = 5;

    /** The next one of a server that stands here; null where there is none. To be asked again after each decision. */
    public static @Nullable Deadline of(Relationship relationship, Standing standing) {
        RelationshipState kept = standing.kept();
        if (standing.startup()) {
            return new Deadline(standing.aloneSince() + STARTUP_SECONDS, new FailoverEvent.StartupOver());
        }
        return switch (kept.state()) {
            case RECOVER_WAIT -> endOfMclt(relationship, kept);
            case POTENTIAL_CONFLICT -> standing.updated() && kept.storeLost() ? endOfMclt(relationship, kept) : null;
            case COMMUNICATIONS_INTERRUPTED -> endOfSafePeriod(relationship, standing);
            case RESOLUTION_INTERRUPTED, CONFLICT_DONE, RECOVER_DONE ->
                standing.linked() ? null : endOfSafePeriod(relationship, standing);
            default -> null;
        };
    }

    private static Deadline endOfMclt(Relationship relationship, RelationshipState kept) {
        return new Deadline(kept.recoverFrom() + relationship.mclt(), new FailoverEvent.WaitOver());
    }

    /** Counts only while this server ran: what it did not hear while it was stopped proves nothing. */
    private static @Nullable Deadline endOfSafePeriod(Relationship relationship, Standing standing) {
        long from = Math.max(standing.kept().since(), standing.aloneSince());
        return relationship.safePeriod() == 0
                ? null
                : new Deadline(from + relationship.safePeriod(), new FailoverEvent.SafePeriodOver());
    }
}
