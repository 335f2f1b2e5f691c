package io.dhcpfailover.node.failover.session;

import io.dhcpfailover.node.failover.message.Dialect;
import java.util.List;

/**
 * What CONNECT and CONNECTACK agreed on.
 *
 * @param relationship by its name
 * @param dialect what both speak from now on
 * @param unackedUpdatesMax how many updates the partner takes before it has answered the first of them, 1 or more
 * @param receiveSeconds seconds of silence after which the partner gives the session up, 3 or more
 * @param skewSeconds the partner's clock less this server's, -60 to 60
 * @param warnings for a person: what works, and should be put right
 */
public record Agreement(
        String relationship,
        Dialect dialect,
        long unackedUpdatesMax,
        long receiveSeconds,
        long skewSeconds,
        List<String> warnings) {

    /** Copies the list. */
    public Agreement {
        warnings = List.copyOf(warnings);
    }
}
