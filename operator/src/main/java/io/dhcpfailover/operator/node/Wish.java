package io.dhcpfailover.operator.node;

import io.dhcpfailover.operator.desired.ServerConfiguration;
import java.util.Set;

/**
 * What a server is to hold.
 *
 * @param configuration as users ask for it
 * @param withheld keys of objects that contradict others: the server goes on with what it holds of them
 */
public record Wish(ServerConfiguration configuration, Set<String> withheld) {

    /** Takes a copy of the set. */
    public Wish {
        withheld = Set.copyOf(withheld);
    }
}
