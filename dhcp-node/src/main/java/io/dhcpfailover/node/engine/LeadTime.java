package io.dhcpfailover.node.engine;

/**
 * The MCLT of two partners, which may be told of a change minutes apart. Clients get addresses by the shorter of both, and
 * what the partner may have let them have is reckoned by the longer, also for as long as leases by it may last.
 */
final class LeadTime {

    /**
     * What a restart must find again.
     *
     * @param own what this server was told, in seconds
     * @param partners what the partner said; 0 where nothing
     * @param before the longest before that, by which leases may still last
     * @param until when they have ended, in seconds since 1970
     */
    record Kept(long own, long partners, long before, long until) {

        Kept shifted(long seconds) {
            return new Kept(own, partners, before, until == 0 ? 0 : Math.max(1, until + seconds));
        }
    }

    private long own;
    private long partners;
    private long before;
    private long beforeUntil;
    private boolean changed;

    LeadTime(long own) {
        this.own = own;
    }

    /** As it was before a restart. */
    void restore(Kept kept) {
        long configured = own;
        own = kept.own;
        partners = kept.partners;
        before = kept.before;
        beforeUntil = kept.until;
        configure(configured);
    }

    /** What a restart must find again. */
    Kept kept() {
        // Where it was changed a moment ago, nobody has asked for the time since, and a restart begins anew.
        return changed ? new Kept(before, partners, 0, 0) : new Kept(own, partners, before, beforeUntil);
    }

    /** The clock was set. */
    void clockStepped(long seconds) {
        beforeUntil = beforeUntil == 0 ? 0 : Math.max(1, beforeUntil + seconds);
    }

    /** This server is told of another one. */
    void configure(long next) {
        if (next == own) {
            return;
        }
        if (partners == 0) {
            // What the partner has, it will say; until then it is as it was.
            partners = own;
        }
        before = Math.max(before, own);
        changed = true;
        own = next;
    }

    /**
     * The partner says by which it lets clients have addresses.
     *
     * @return whether it is another one than before
     */
    boolean heard(long said) {
        boolean other = said != partners;
        if (said < partners) {
            before = Math.max(before, partners);
            changed = true;
        }
        partners = said;
        return other;
    }

    /** By which this server lets clients have addresses. */
    long forClients() {
        return partners == 0 ? own : Math.min(own, partners);
    }

    /** By which the partner may have let clients have addresses. */
    long ofPartner(long now) {
        if (changed) {
            changed = false;
            beforeUntil = now + before;
        } else if (now >= beforeUntil) {
            before = 0;
        }
        return Math.max(before, Math.max(own, partners));
    }

    /** What this server is told. */
    long own() {
        return own;
    }
}
