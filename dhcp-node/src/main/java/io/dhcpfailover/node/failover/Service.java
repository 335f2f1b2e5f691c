package io.dhcpfailover.node.failover;

import io.dhcpfailover.api.v1alpha1.ServerRole;

/**
 * What a server may do for clients of a relationship (draft-ietf-dhc-failover-12, sections 9.3 to 9.12).
 *
 * @param answers which messages it answers
 * @param fresh which free addresses it may give to a client that has none
 */
public record Service(Answers answers, Fresh fresh) {

    /** Which clients are answered. */
    public enum Answers {
        /** None. */
        NONE,
        /** Its own share of the clients; and RENEW and REBIND of all. */
        BALANCED,
        /** All. */
        ALL
    }

    /** Which free addresses are given. */
    public enum Fresh {
        /** None. */
        NONE,
        /** FREE ones by the primary, BACKUP ones by the secondary. */
        OWN,
        /** The partner's as well, once its own are used up. */
        OWN_AND_PARTNERS
    }

    private static final Service SILENT = new Service(Answers.NONE, Fresh.NONE);

    /** What a server that stands here may do at that time, in seconds since 1970. */
    public static Service of(Relationship relationship, Standing standing, long now) {
        return switch (standing.state()) {
            // In RECOVER-DONE the draft lets it renew: but the partner, in PARTNER-DOWN, may have given the address to
            // somebody else a moment ago.
            case STARTUP, POTENTIAL_CONFLICT, RECOVER, RECOVER_WAIT, RECOVER_DONE, PAUSED, SHUTDOWN -> SILENT;
            case NORMAL -> new Service(Answers.BALANCED, Fresh.OWN);
            case COMMUNICATIONS_INTERRUPTED, CONFLICT_DONE -> new Service(Answers.ALL, Fresh.OWN);
            // The draft lets it give its own: but the partner may have given them, in PARTNER-DOWN, unheard.
            case RESOLUTION_INTERRUPTED -> new Service(Answers.ALL, Fresh.NONE);
            case PARTNER_DOWN -> new Service(Answers.ALL, freshAlone(relationship, standing.kept(), now));
        };
    }

    /** What the partner gave alone, nobody acknowledged: it gave none of it for longer than MCLT at a time. */
    private static Fresh freshAlone(Relationship relationship, RelationshipState kept, long now) {
        if (now >= kept.partnerDownFrom() + relationship.mclt()) {
            return Fresh.OWN_AND_PARTNERS;
        }
        boolean neverHeardAll = kept.previous() == ServerState.RESOLUTION_INTERRUPTED
                || (kept.previous() == ServerState.RECOVER && kept.recoverFrom() != 0);
        return neverHeardAll ? Fresh.NONE : Fresh.OWN;
    }

    /** What a client asks. */
    public enum Asking {
        /** A DISCOVER, or a REQUEST that is not a renewal. */
        ANYTHING,
        /** A REQUEST that follows an OFFER of this very server, which is bound to take it. */
        OFFERED_HERE,
        /** A REQUEST in RENEWING or REBINDING. */
        RENEWAL
    }

    /**
     * Whether a client is answered.
     *
     * @param bucket the client's, 0 to 255
     * @param secs the field of its packet
     */
    public boolean isFor(Relationship relationship, Asking asking, int bucket, int secs) {
        return switch (answers) {
            case NONE -> false;
            case ALL -> true;
            case BALANCED ->
                asking != Asking.ANYTHING
                        || relationship.buckets().serverOf(bucket) == relationship.self()
                        || LoadBalance.hasWaited(secs, relationship.maxWait());
        };
    }

    /** Whether expired leases are ended by this server: while both serve, by the primary alone (section 5.13). */
    public static boolean expiresLeases(Relationship relationship, Standing standing) {
        return standing.state() != ServerState.NORMAL || relationship.self() == ServerRole.Primary;
    }
}
