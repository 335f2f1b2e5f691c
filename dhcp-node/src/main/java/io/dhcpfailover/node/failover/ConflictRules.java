package io.dhcpfailover.node.failover;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.ClientIdentity;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which of two servers is right about an address (draft-ietf-dhc-failover-12, section 7.1.3). */
public final class ConflictRules {

    /** How well the difference between the partners' clocks is known, in seconds. */
    private static final long CLOCK_ERROR_SECONDS = 2;

    private ConflictRules() {}

    /**
     * One server's view of an address. Times are seconds since 1970, UTC; 0 means unknown.
     *
     * @param state of the address
     * @param client who has it, or had it last; null where nobody
     * @param lastTransaction client-last-transaction-time
     * @param since when it came into its state
     * @param end of the lease, as the client was told
     */
    public record View(
            BindingState state, @Nullable ClientIdentity client, long lastTransaction, long since, long end) {}

    /** What becomes of an update. */
    public enum Verdict {
        /** It is taken. */
        ACCEPT(0),
        /** In use by another client. */
        FATAL_CONFLICT(2),
        /** What is known here is later. */
        OUTDATED(15),
        /** What is known here weighs more. */
        LESS_CRITICAL(16);

        private final int reason;

        Verdict(int reason) {
            this.reason = reason;
        }

        /** The reject-reason of the answer; 0 where it is accepted. */
        public int reason() {
            return reason;
        }
    }

    /**
     * By the draft's table: for updates that carry no version.
     *
     * @param role this server's
     */
    public static Verdict judge(ServerRole role, View mine, View received, long now) {
        BindingState other = received.state();
        // No time in the update is never later, and no time here is always earlier: both are 0.
        boolean later = received.lastTransaction() > mine.lastTransaction();
        return switch (mine.state()) {
            case FREE, BACKUP -> Verdict.ACCEPT;
            case ACTIVE ->
                switch (other) {
                    case ACTIVE -> {
                        boolean takes =
                                role == ServerRole.Secondary || Objects.equals(mine.client(), received.client());
                        yield takes ? Verdict.ACCEPT : Verdict.FATAL_CONFLICT;
                    }
                    case RELEASED -> outdatedUnless(later);
                    case EXPIRED, FREE, BACKUP -> outdatedUnless(now > mine.end());
                    case RESET, ABANDONED -> Verdict.ACCEPT;
                };
            case EXPIRED -> outdatedUnless(other != BindingState.ACTIVE || later);
            case RELEASED -> outdatedUnless((other != BindingState.ACTIVE && other != BindingState.EXPIRED) || later);
            case RESET -> outdatedUnless(other != BindingState.ACTIVE || received.lastTransaction() > mine.since());
            case ABANDONED ->
                other == BindingState.RESET || other == BindingState.ABANDONED ? Verdict.ACCEPT : Verdict.LESS_CRITICAL;
        };
    }

    /**
     * By versions, between two servers of this project. An update that is older than what is known is refused, one
     * that is newer is taken; where each knows of a change that the other does not, both come to the same answer.
     *
     * @param role this server's
     */
    public static Verdict judge(
            ServerRole role, View mine, BindingVersion myVersion, View received, BindingVersion version, long now) {
        return switch (version.against(myVersion)) {
            case OLDER -> Verdict.OUTDATED;
            case SAME -> Verdict.ACCEPT;
            case NEWER -> outdatedUnless(!endsEarly(mine, received, now));
            case CONCURRENT -> {
                View primarys = role == ServerRole.Primary ? mine : received;
                View secondarys = role == ServerRole.Primary ? received : mine;
                if (winner(primarys, secondarys) != role) {
                    yield Verdict.ACCEPT;
                }
                yield isClash(mine, received) ? Verdict.FATAL_CONFLICT : Verdict.LESS_CRITICAL;
            }
        };
    }

    /**
     * Whether a partner with a fast clock ends a lease that its client still counts on. One that has heard the client
     * later knows better.
     */
    private static boolean endsEarly(View mine, View received, long now) {
        return mine.state() == BindingState.ACTIVE
                && received.state() == BindingState.EXPIRED
                && received.lastTransaction() <= mine.lastTransaction() + CLOCK_ERROR_SECONDS
                && now < mine.end();
    }

    /** Whether two clients have the address at a time, which has to be reported. */
    public static boolean isClash(View one, View other) {
        return one.state() == BindingState.ACTIVE
                && other.state() == BindingState.ACTIVE
                && !Objects.equals(one.client(), other.client());
    }

    /**
     * Whose view holds where neither knew of the other's: from what both views say and nothing else, so that both
     * servers find the same. An address that a client may hold is never given up for one that nobody does.
     */
    public static ServerRole winner(View primarys, View secondarys) {
        int rank = Integer.compare(rank(primarys.state()), rank(secondarys.state()));
        boolean eitherActive = primarys.state() == BindingState.ACTIVE || secondarys.state() == BindingState.ACTIVE;
        if (eitherActive && rank != 0) {
            boolean primaryActive = primarys.state() == BindingState.ACTIVE;
            View active = primaryActive ? primarys : secondarys;
            View ended = primaryActive ? secondarys : primarys;
            return primaryActive == outlives(active, ended) ? ServerRole.Primary : ServerRole.Secondary;
        }
        if (rank != 0) {
            return rank > 0 ? ServerRole.Primary : ServerRole.Secondary;
        }
        return secondarys.lastTransaction() > primarys.lastTransaction() ? ServerRole.Secondary : ServerRole.Primary;
    }

    /** Where times are so close that the servers' clocks do not order them, the client keeps its address. */
    private static boolean outlives(View active, View ended) {
        return switch (ended.state()) {
            case FREE, BACKUP -> true;
            case EXPIRED ->
                active.end() + CLOCK_ERROR_SECONDS > ended.since()
                        || active.lastTransaction() > ended.lastTransaction();
            case RELEASED -> active.lastTransaction() + CLOCK_ERROR_SECONDS >= ended.lastTransaction();
            case RESET -> active.lastTransaction() + CLOCK_ERROR_SECONDS > ended.since();
            default -> false;
        };
    }

    private static int rank(BindingState state) {
        return switch (state) {
            case FREE, BACKUP -> 0;
            case EXPIRED -> 1;
            case RELEASED -> 2;
            case ACTIVE -> 3;
            case RESET -> 4;
            case ABANDONED -> 5;
        };
    }

    private static Verdict outdatedUnless(boolean accepted) {
        return accepted ? Verdict.ACCEPT : Verdict.OUTDATED;
    }

    /**
     * Who wins where an update without a version comes for an address whose own update is not acknowledged
     * (measured with ISC dhcpd 4.4.3). Where it is this server, it refuses with reason 16; else it forgets its own
     * update.
     *
     * @param role this server's
     * @param sent what its own update said
     */
    public static ServerRole collisionWinner(ServerRole role, View sent, View received) {
        ServerRole partner = role == ServerRole.Primary ? ServerRole.Secondary : ServerRole.Primary;
        boolean mineActive = sent.state() == BindingState.ACTIVE;
        boolean theirsActive = received.state() == BindingState.ACTIVE;
        if (mineActive != theirsActive) {
            return mineActive ? role : partner;
        }
        int order = mineActive ? Long.compare(sent.lastTransaction(), received.lastTransaction()) : 0;
        if (order == 0) {
            return ServerRole.Primary;
        }
        return order > 0 ? role : partner;
    }
}
