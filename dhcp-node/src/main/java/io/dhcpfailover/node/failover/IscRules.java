package io.dhcpfailover.node.failover;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.ConflictRules.View;
import io.dhcpfailover.node.lease.BindingState;

/**
 * What ISC dhcpd 4.4.3 does not stand, or refuses, as read in its source and measured. A server that knows it says
 * nothing that ends its partner, and expects no answer that will not come.
 */
public final class IscRules {

    /** How many seconds before its own end ISC dhcpd lets a lease be called expired. */
    public static final long EXPIRED_EARLY_SECONDS = 65;

    private IscRules() {}

    /**
     * Whether a server may tell its partner its state in this session. Where it may not, it closes the session, which
     * takes ISC dhcpd to a state in which it can be told.
     */
    static boolean mayTell(Relationship relationship, Standing standing) {
        ServerState partner = standing.kept().partner();
        if (relationship.partnerKind() == PartnerKind.NATIVE || !standing.linked() || partner == null) {
            return true;
        }
        ServerState mine = standing.kept().state();
        return switch (partner) {
            // Any of these makes it enter SHUTDOWN.
            case NORMAL -> !mine.isConflict();
            case POTENTIAL_CONFLICT -> mine != ServerState.NORMAL;
            // As primary it ends its process at anything else.
            case CONFLICT_DONE ->
                relationship.self() == ServerRole.Primary
                        || mine == ServerState.NORMAL
                        || mine == ServerState.POTENTIAL_CONFLICT
                        || mine == ServerState.RESOLUTION_INTERRUPTED;
            default -> true;
        };
    }

    /**
     * A binding as ISC dhcpd has it.
     *
     * @param role ISC dhcpd's own
     * @param normal whether it is in NORMAL
     * @param state of the address there
     * @param end of the lease there
     */
    public record Theirs(ServerRole role, boolean normal, BindingState state, long end) {}

    /**
     * Whether ISC dhcpd accepts an update that collides with none of its own; it would refuse it with reason 2, and
     * not be asked again.
     *
     * @param sent the state that the update says
     * @param potential the potential-expiration-time that it says; 0 where it says none
     */
    public static boolean accepts(Theirs theirs, BindingState sent, long potential, long now) {
        boolean past = potential <= now;
        boolean free = sent == BindingState.FREE || sent == BindingState.BACKUP;
        return switch (theirs.state()) {
            case FREE, BACKUP, RELEASED, ABANDONED -> true;
            case EXPIRED, RESET -> !theirs.normal() || !free || past;
            case ACTIVE ->
                switch (sent) {
                    case ACTIVE, RELEASED, ABANDONED -> true;
                    case RESET -> !isPrimaryInNormal(theirs);
                    case EXPIRED -> !isPrimaryInNormal(theirs) && theirs.end() <= now + EXPIRED_EARLY_SECONDS;
                    case FREE, BACKUP -> theirs.normal() && !isPrimaryInNormal(theirs) && past;
                };
        };
    }

    private static boolean isPrimaryInNormal(Theirs theirs) {
        return theirs.normal() && theirs.role() == ServerRole.Primary;
    }

    /**
     * Whose update holds for ISC dhcpd where both are under way for one address. It gives an active lease up for an
     * expired one, and as secondary for any that has ended, while {@link ConflictRules#collisionWinner} never does:
     * where both then took the other's, this server says again what it took.
     *
     * @param role ISC dhcpd's own
     * @param sent what its update says
     * @param received what this server's says
     */
    public static ServerRole collisionWinner(ServerRole role, View sent, View received) {
        ServerRole partner = role == ServerRole.Primary ? ServerRole.Secondary : ServerRole.Primary;
        boolean itsActive = sent.state() == BindingState.ACTIVE;
        boolean active = received.state() == BindingState.ACTIVE;
        if (itsActive && active) {
            return ConflictRules.collisionWinner(role, sent, received);
        }
        if (active || (itsActive && received.state() == BindingState.EXPIRED)) {
            return partner;
        }
        return ServerRole.Primary;
    }
}
