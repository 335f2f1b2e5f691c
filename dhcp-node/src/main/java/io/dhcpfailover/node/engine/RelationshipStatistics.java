package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.ServerState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server sees a relationship. Times are seconds since 1970, UTC; 0 means never, or unknown. Counts are since the
 * server started.
 *
 * @param self its own role
 * @param state what it is; STARTUP before it is told anything else
 * @param previous what it was before
 * @param since since when it is in its state
 * @param partner the partner's state, as it said last; null where it never said any
 * @param linked whether the partner is in touch
 * @param lastContact when the partner last said its state, or was last heard before a session ended
 * @param skewSeconds how far the partner's clock is ahead of this server's; 0 where it is not in touch
 * @param mcltEndsAt when it may give the partner's addresses, in PARTNER-DOWN, or serve again, in RECOVER-WAIT
 * @param switchesAt when it takes its partner for down by itself
 * @param pendingUpdates bindings that the partner is to be told of
 * @param unackedUpdates updates that were sent and not answered
 * @param unackedSince when the first of them was sent
 * @param updatesSent binding updates sent
 * @param updatesReceived binding updates received
 * @param acksSent updates of the partner that were taken
 * @param acksReceived updates that the partner took
 * @param refusalsSent updates of the partner that were refused
 * @param refusalsReceived updates that the partner refused
 * @param updatesDropped messages that nobody waited for, or that there was no room for
 * @param transitions changes of its state
 * @param freePrimary free addresses of all its pools that are the primary's
 * @param freeSecondary free addresses of all its pools that are the secondary's
 * @param active addresses of clients
 * @param clashes how many addresses turned out to have two clients
 * @param latestClashes the latest of them, the oldest first
 */
public record RelationshipStatistics(
        ServerRole self,
        ServerState state,
        @Nullable ServerState previous,
        long since,
        @Nullable ServerState partner,
        boolean linked,
        long lastContact,
        long skewSeconds,
        long mcltEndsAt,
        long switchesAt,
        int pendingUpdates,
        int unackedUpdates,
        long unackedSince,
        long updatesSent,
        long updatesReceived,
        long acksSent,
        long acksReceived,
        long refusalsSent,
        long refusalsReceived,
        long updatesDropped,
        long transitions,
        int freePrimary,
        int freeSecondary,
        int active,
        long clashes,
        List<Clash> latestClashes) {

    /** Copies the list. */
    public RelationshipStatistics {
        latestClashes = List.copyOf(latestClashes);
    }

    static RelationshipStatistics of(Partner partner) {
        var standing = partner.standing();
        var kept = standing == null ? null : standing.kept();
        var relationship = partner.relationship();
        var session = partner.line().session();
        var counters = partner.counters();
        int free = 0;
        int backup = 0;
        int active = 0;
        for (var pool : partner.scopes().pools()) {
            free += pool.free();
            backup += pool.backup();
            active += pool.statistics().active();
        }
        ServerState state = standing == null ? ServerState.STARTUP : standing.state();
        long mcltEnds = switch (state) {
            case PARTNER_DOWN -> kept == null ? 0 : kept.partnerDownFrom() + relationship.mclt();
            case RECOVER_WAIT -> kept == null ? 0 : kept.recoverFrom() + relationship.mclt();
            default -> 0;
        };
        return new RelationshipStatistics(
                partner.self(),
                state,
                kept == null ? null : kept.previous(),
                kept == null ? 0 : kept.since(),
                kept == null ? null : kept.partner(),
                standing != null && standing.linked(),
                kept == null ? 0 : kept.lastContact(),
                session == null ? 0 : session.skewSeconds(),
                mcltEnds == 0 ? 0 : mcltEnds + Engine.GRACE_SECONDS,
                partner.switchesAt(),
                partner.outgoing().waiting(),
                partner.outgoing().unacked(),
                partner.outgoing().unackedSince(),
                counters.updatesSent,
                counters.updatesReceived,
                counters.acksSent,
                counters.acksReceived,
                counters.refusalsSent,
                counters.refusalsReceived,
                counters.updatesDropped,
                partner.states().transitions(),
                free,
                backup,
                active,
                counters.clashes,
                partner.clashes().latest());
    }
}
