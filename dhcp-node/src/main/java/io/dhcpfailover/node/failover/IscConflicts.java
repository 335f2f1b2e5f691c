package io.dhcpfailover.node.failover;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.ConflictRules.Verdict;
import io.dhcpfailover.node.failover.ConflictRules.View;
import io.dhcpfailover.node.lease.BindingState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which of two servers is right about an address where the partner is ISC dhcpd 4.4.3. Its updates carry no version, it
 * does not repeat one that was refused, and it says no time of a RELEASE. So what counts is what it knew when it sent
 * its update: messages of a session are in order, and it has seen what it acknowledged.
 */
public final class IscConflicts {

    private IscConflicts() {}

    /**
     * An address as it is known here.
     *
     * @param is what is known
     * @param byPartner whether the partner let the client have it, so that the lease ends by the partner's clock
     * @param unknown whether the partner has not acknowledged it
     * @param sent what an update of it said that is not answered yet; null where none is under way
     */
    public record Mine(
            View is,
            boolean byPartner,
            boolean unknown,
            @Nullable View sent) {}

    /**
     * What becomes of an update of ISC dhcpd.
     *
     * @param role this server's
     */
    public static Verdict judge(ServerRole role, Mine mine, View received, long now) {
        View sent = mine.sent();
        if (sent != null && ConflictRules.collisionWinner(role, sent, received) == role) {
            return Verdict.LESS_CRITICAL;
        }
        if (mine.is().state() == BindingState.ACTIVE && received.state() == BindingState.EXPIRED && mine.byPartner()) {
            return Verdict.ACCEPT;
        }
        return mine.unknown()
                ? ConflictRules.judge(role, mine.is(), received, now)
                : judgeKnown(role, mine.is(), received, now);
    }

    /** It knew what is known here. */
    private static Verdict judgeKnown(ServerRole role, View mine, View received, long now) {
        if (mine.state() != BindingState.ACTIVE) {
            return Verdict.ACCEPT;
        }
        boolean same = Objects.equals(mine.client(), received.client());
        boolean ended = now >= mine.end();
        return switch (received.state()) {
            case ACTIVE -> same || ended ? Verdict.ACCEPT : ConflictRules.judge(role, mine, received, now);
            // Who let the client have it counts the time; a clock that is ahead ends it too early.
            case EXPIRED -> ended ? Verdict.ACCEPT : Verdict.OUTDATED;
            case RELEASED, FREE, BACKUP -> same || ended ? Verdict.ACCEPT : Verdict.OUTDATED;
            case RESET, ABANDONED -> Verdict.ACCEPT;
        };
    }

    /**
     * Whether both servers took the other's update, so that this one has to say again what it took.
     *
     * @param role this server's
     * @param own what its update said, which was under way
     * @param iscs what it took
     */
    public static boolean tookEachOthers(ServerRole role, View own, View iscs) {
        ServerRole partner = role == ServerRole.Primary ? ServerRole.Secondary : ServerRole.Primary;
        return IscRules.collisionWinner(partner, iscs, own) == role;
    }
}
