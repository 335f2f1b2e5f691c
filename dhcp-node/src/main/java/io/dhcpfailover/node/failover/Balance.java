package io.dhcpfailover.node.failover;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How free addresses are shared (draft-ietf-dhc-failover-12, section 5.4): FREE ones are the primary's to give, BACKUP
 * ones the secondary's. Each server only gives away what is its own, so no address is ever both servers'.
 *
 * @param free how many the primary has
 * @param backup how many the secondary has
 */
public record Balance(int free, int backup) {

    /** A bucket that no client has: of an address that nobody ever used. */
    public static final int NEVER_USED = -1;

    /** Shares may differ from what they should be by so many percent of the free addresses before any is moved. */
    private static final int MISBALANCE_PERCENT = 15;

    /** What ISC dhcpd 4.4.3 keeps above its half where addresses belong to its clients: max-lease-ownership. */
    private static final int ISC_OWNERSHIP_PERCENT = 10;

    /** Refuses what no pool has. */
    public Balance {
        if (free < 0 || backup < 0) {
            throw new IllegalArgumentException("a pool with " + free + " free and " + backup + " backup addresses");
        }
    }

    /**
     * How many of the free addresses a server should have. In LoadBalance it is its share of the clients; in
     * HotStandby the standby has its reserve, which is one at least where there is a reserve and more than one address.
     * Beside ISC dhcpd it is one half in any mode: that has no other share, and would take back what it was given.
     */
    public int target(Relationship relationship, ServerRole role) {
        int total = free + backup;
        if (relationship.partnerKind() == PartnerKind.ISC) {
            return role == ServerRole.Primary ? total - total / 2 : total / 2;
        }
        if (relationship.mode() == Mode.LoadBalance) {
            int primarys = share(total, relationship.percent());
            return role == ServerRole.Primary ? primarys : total - primarys;
        }
        int reserve = share(total, relationship.reservePercent());
        if (reserve == 0 && relationship.reservePercent() > 0 && total > 1) {
            reserve = 1;
        }
        return role == relationship.active() ? total - reserve : reserve;
    }

    private static int share(int total, int percent) {
        return Math.toIntExact(((long) total * percent + 50) / 100);
    }

    /**
     * How many addresses this server gives to its partner now; 0 where it has no more than it should.
     *
     * @param always even where the shares differ by little: after a change of the relationship, on entering NORMAL, and
     *     where the partner asks
     */
    public int toGive(Relationship relationship, boolean always) {
        int own = relationship.self() == ServerRole.Primary ? free : backup;
        int surplus = own - target(relationship, relationship.self());
        int tolerated = always ? 0 : share(free + backup, MISBALANCE_PERCENT);
        return surplus > tolerated ? surplus : 0;
    }

    /**
     * Whether this server asks its partner for addresses: it has none left, or far fewer than it should. ISC dhcpd is
     * asked by ISC's own measure, since it gives half and no more.
     */
    public boolean asks(Relationship relationship) {
        int own = relationship.self() == ServerRole.Primary ? free : backup;
        if (relationship.partnerKind() == PartnerKind.ISC) {
            int panic = -2 * share(free + backup, MISBALANCE_PERCENT);
            return iscSurplus(relationship.self()) < (panic == 0 ? -1 : panic);
        }
        int missing = target(relationship, relationship.self()) - own;
        return missing > 0 && (own == 0 || missing > share(free + backup, MISBALANCE_PERCENT));
    }

    /** ISC dhcpd's measure of what a server of this role has too much: half of the difference, towards zero. */
    public int iscSurplus(ServerRole role) {
        return (role == ServerRole.Primary ? free - backup : backup - free) / 2;
    }

    /**
     * How many addresses ISC dhcpd 4.4.3 in this role gives away, of so many that belong to the partner's clients and
     * so many that nobody ever used, and the rest.
     */
    public int iscGives(ServerRole role, int ofPartnersClients, int neverUsed) {
        int hold = share(free + backup, ISC_OWNERSHIP_PERCENT);
        int own = role == ServerRole.Primary ? free : backup;
        int surplus = iscSurplus(role);
        int first = Math.clamp(surplus + hold, 0, Math.min(ofPartnersClients, own));
        int left = surplus - first;
        int second = Math.clamp(left, 0, Math.min(neverUsed, own - first));
        int third = Math.clamp(left - second - hold, 0, own - first - second);
        return first + second + third;
    }

    /**
     * Which addresses are given away: first those whose last client belongs to the receiver, then those that nobody
     * ever used, then the others; the oldest first.
     *
     * @param own this server's free addresses, those first that have been free for longest
     * @param bucketOf the bucket of an address's last client, or {@link #NEVER_USED}
     */
    public static <A> List<A> choose(
            List<A> own, ToIntFunction<A> bucketOf, int count, HashBuckets buckets, ServerRole receiver) {
        List<A> itsClients = new ArrayList<>();
        List<A> neverUsed = new ArrayList<>();
        List<A> others = new ArrayList<>();
        for (A address : own) {
            int bucket = bucketOf.applyAsInt(address);
            if (bucket == NEVER_USED) {
                neverUsed.add(address);
            } else if (buckets.serverOf(bucket) == receiver) {
                itsClients.add(address);
            } else {
                others.add(address);
            }
        }
        itsClients.addAll(neverUsed);
        itsClients.addAll(others);
        return List.copyOf(itsClients.subList(0, Math.min(count, itsClients.size())));
    }
}
