package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.session.Terms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * With whom a server keeps links.
 *
 * @param address its own, on which it listens and from which it dials; null for any that it has
 * @param port TCP port on which it listens, 1 to 65535
 * @param partners one for each relationship that it takes part in
 */
public record PartnerPlan(@Nullable Ipv4Address address, int port, List<Partner> partners) {

    /** No links, and nothing that listens. */
    public static final PartnerPlan NONE = new PartnerPlan(null, 647, List.of());

    /**
     * The other server of a relationship.
     *
     * @param terms of the relationship
     * @param address where it listens, and the only one from which it may come
     * @param port TCP port on which it listens
     */
    public record Partner(Terms terms, Ipv4Address address, int port) {}

    /** Copies the list. */
    public PartnerPlan {
        partners = List.copyOf(partners);
    }
}
