package io.dhcpfailover.node.failover;

import static io.dhcpfailover.node.lease.Binding.UNLIMITED;

/**
 * What the two servers know of how long a client may have an address (draft-ietf-dhc-failover-12, sections 5.2 and
 * 7.1.5). All are seconds since 1970, UTC; 0 means never, {@code Binding.UNLIMITED} without end.
 *
 * @param leaseExpiration what the client was told last
 * @param sentPotential the potential-expiration-time that was sent last
 * @param ackedPotential the latest that the partner acknowledged
 * @param receivedPotential the latest that the partner sent and this server acknowledged
 */
public record LeaseTimes(long leaseExpiration, long sentPotential, long ackedPotential, long receivedPotential) {

    /** Of an address that had no client. */
    public static final LeaseTimes NONE = new LeaseTimes(0, 0, 0, 0);

    /** Never: later than any time. */
    public static final long NEVER = Long.MAX_VALUE;

    /** How far the partners' clocks may be apart, in seconds: a greater difference refuses the session. */
    public static final long SKEW_MAX = 60;

    private static final long TIME_MAX = UNLIMITED - 1;

    /** Refuses what is no time. */
    public LeaseTimes {
        check(leaseExpiration);
        check(sentPotential);
        check(ackedPotential);
        check(receivedPotential);
    }

    private static void check(long time) {
        if (time < 0 || time > UNLIMITED) {
            throw new IllegalArgumentException(time + " is no time of a lease: it has from 0 to 4294967295");
        }
    }

    /**
     * When a lease ends that a client gets now: no later than it desires, nor than MCLT after what the partner knows.
     *
     * @param desired for how long, in seconds; {@code Binding.UNLIMITED} for ever
     */
    public long end(long desired, long mclt, long now) {
        long known = Math.max(ackedPotential, receivedPotential);
        if (known == UNLIMITED) {
            return after(now, desired);
        }
        return Math.min(after(now, desired), after(Math.max(now, known), mclt));
    }

    /**
     * The potential-expiration-time of a lease that was given now: what the client will desire when it renews at half
     * of its time.
     *
     * @param end of the lease, as {@link #end} says
     */
    public static long potential(long desired, long end, long now) {
        return desired == UNLIMITED || end == UNLIMITED
                ? UNLIMITED
                : Math.max(end, after(now, desired + (end - now) / 2));
    }

    /** The client was told of a lease until then, and the partner will be told of this potential expiration. */
    public LeaseTimes given(long end, long potential) {
        return new LeaseTimes(end, potential, ackedPotential, receivedPotential);
    }

    /** The partner acknowledged an update with this potential expiration. */
    public LeaseTimes acked(long potential) {
        return new LeaseTimes(leaseExpiration, sentPotential, potential, receivedPotential);
    }

    /** The partner sent this, and it is on disk here. */
    public LeaseTimes received(long end, long potential) {
        return new LeaseTimes(end, sentPotential, ackedPotential, potential);
    }

    /** The latest time until which either server can have let a client have the address, MCLT included. */
    public long lastPossibleEnd(long mclt) {
        long known = Math.max(Math.max(leaseExpiration, sentPotential), Math.max(ackedPotential, receivedPotential));
        return known == 0 ? 0 : orNever(after(known, mclt));
    }

    /**
     * From when a server in PARTNER-DOWN may give the address to another client, if the partner could give or extend
     * it (section 9.8): {@link #NEVER} for a lease without end.
     *
     * @param partnerDownFrom since when the partner does not serve
     */
    public long reusableInPartnerDown(long partnerDownFrom, long mclt) {
        return Math.max(after(partnerDownFrom, mclt), lastPossibleEnd(mclt));
    }

    /**
     * From when a lease counts as expired. One that the partner gave or may have extended ends by its clock, so not
     * before this one has passed the end by as much as clocks may differ.
     */
    public long expires(boolean givenByPartner) {
        return leaseExpiration == UNLIMITED ? NEVER : leaseExpiration + (givenByPartner ? SKEW_MAX : 0);
    }

    private static long orNever(long time) {
        return time == UNLIMITED ? NEVER : time;
    }

    private static long after(long time, long seconds) {
        return time == UNLIMITED || seconds == UNLIMITED ? UNLIMITED : Math.min(TIME_MAX, time + seconds);
    }
}
