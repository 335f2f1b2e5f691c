package io.dhcpfailover.node.failover;

import io.dhcpfailover.api.v1alpha1.ServerRole;

/**
 * Which changes of one binding a server knows of: the latest by the primary, and the latest by the secondary. Each server
 * numbers all its changes in a relationship from 1 up, so that a binding also tells how much its server had done. Times
 * in seconds cannot order a RELEASE and a new lease of the same second; this does, and it tells an update that is old
 * from one that was made without knowing of the other. Between two servers of this project only; the draft and ISC
 * dhcpd have nothing like it.
 *
 * @param primary number of the latest change by the primary, 0 to 2^62; 0 where there was none
 * @param secondary number of the latest change by the secondary, 0 to 2^62; 0 where there was none
 */
public record BindingVersion(long primary, long secondary) {

    /** The greatest number of a change: more than any server makes. */
    public static final long NUMBER_MAX = 1L << 62;

    /** Of a binding that nobody has changed. */
    public static final BindingVersion NONE = new BindingVersion(0, 0);

    /** Refuses what no message has room for. */
    public BindingVersion {
        if (!isNumber(primary) || !isNumber(secondary)) {
            throw new IllegalArgumentException(
                    "a version of the changes " + primary + " and " + secondary + ": they are from 0 to 2^62");
        }
    }

    /** Whether a change can have this number, or it means that there was none. */
    public static boolean isNumber(long number) {
        return number >= 0 && number <= NUMBER_MAX;
    }

    /** How two versions stand to each other. */
    public enum Order {
        /** The same changes. */
        SAME,
        /** Only what the other knows, and less. */
        OLDER,
        /** All that the other knows, and more. */
        NEWER,
        /** Each knows of a change that the other does not. */
        CONCURRENT
    }

    /** This one against another. */
    public Order against(BindingVersion other) {
        boolean more = primary > other.primary || secondary > other.secondary;
        boolean less = primary < other.primary || secondary < other.secondary;
        if (more) {
            return less ? Order.CONCURRENT : Order.NEWER;
        }
        return less ? Order.OLDER : Order.SAME;
    }

    /** After one more change by a server of this role. */
    public BindingVersion changedBy(ServerRole role) {
        return role == ServerRole.Primary
                ? new BindingVersion(primary + 1, secondary)
                : new BindingVersion(primary, secondary + 1);
    }

    /**
     * After a change by a server of this role.
     *
     * @param number of the change: greater than of any before it by the same server
     */
    public BindingVersion changedBy(ServerRole role, long number) {
        return role == ServerRole.Primary ? new BindingVersion(number, secondary) : new BindingVersion(primary, number);
    }

    /** The latest change by a server of this role; 0 where there was none. */
    public long by(ServerRole role) {
        return role == ServerRole.Primary ? primary : secondary;
    }

    /** Of a binding whose clash is settled: all that either knows. */
    public BindingVersion with(BindingVersion other) {
        return new BindingVersion(Math.max(primary, other.primary), Math.max(secondary, other.secondary));
    }

    /**
     * Whether a partner of a server of this role knows of changes by that server which the server itself does not:
     * its store is lost, or from an old snapshot.
     *
     * @param partners what the partner says of the same binding
     */
    public boolean isBehindItself(ServerRole role, BindingVersion partners) {
        return role == ServerRole.Primary ? partners.primary > primary : partners.secondary > secondary;
    }
}
