package io.dhcpfailover.node.manage.clients;

import java.util.Locale;

/** What becomes of a client, once it has an address. */
enum Story {
    /** It stays where it is. */
    STAYS,
    /** What it sends to the server's address reaches nobody any more, while broadcasts still arrive. */
    LOSES_ITS_WAY,
    /** It loses its power, and gets it back. */
    REBOOTS,
    /** It loses its power, and another machine takes its address before it is back. */
    FINDS_AN_INTRUDER,
    /** It is told to give its address back. */
    LEAVES;

    /** The shortest lease that servers give, for who waits for its end; 0 for the lease of the scope. */
    int leaseSeconds() {
        return this == LOSES_ITS_WAY ? 60 : 0;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
