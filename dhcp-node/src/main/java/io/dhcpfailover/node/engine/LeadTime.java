package io.dhcpfailover.node.engine;

/**
 * The MCLT of two partners, which may be told of a change minutes apart. Clients get addresses by the shorter of both, and
 * what the partner may have let them have is reckoned by the longer, also for as long as leases by it may last.
 */
final class LeadTime {

    private long own;
    private long partners;
    private long before;
    private long beforeUntil;
    private boolean changed;

    LeadTime(long own) {
        this.own = own;
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

    /** The partner says by which it lets clients have addresses. */
    void heard(long said) {
        if (said < partners) {
            before = Math.max(before, partners);
            changed = true;
        }
        partners = said;
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
