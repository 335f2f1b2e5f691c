package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.Service;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a client that asked now, and why.
 *
 * @param scope where; null where its link is in no scope
 * @param outcome of a DISCOVER
 * @param offer what would answer that; null where nothing would
 * @param leased the address that it has now; null where it has none
 * @param renewal of a REQUEST that prolongs that lease; null where it has none
 * @param acknowledgement what would answer that; null where nothing would
 * @param desiredSeconds for how long the scope would have it keep an address; 4294967295 for ever, 0 where there is none
 * @param sharing what a partner has to do with it; null where the scope has no partner
 * @param reasons in the order of the decision, in sentences for people
 */
public record Explanation(
        @Nullable ObjectName scope,
        Outcome outcome,
        @Nullable DhcpPacket offer,
        @Nullable Ipv4Address leased,
        @Nullable Outcome renewal,
        @Nullable DhcpPacket acknowledgement,
        long desiredSeconds,
        @Nullable Sharing sharing,
        List<String> reasons) {

    /** Copies the list. */
    public Explanation {
        reasons = List.copyOf(reasons);
    }

    /**
     * How a client is shared between two servers.
     *
     * @param relationship its name
     * @param mode of it
     * @param self the role of this server
     * @param state of this server
     * @param partner the partner's state as it said last; null where it never said any
     * @param bucket of the client, 0 to 255
     * @param server whose bucket that is while both serve
     * @param service what this server does now
     * @param mclt by which clients get addresses here, in seconds
     */
    public record Sharing(
            String relationship,
            Mode mode,
            ServerRole self,
            ServerState state,
            @Nullable ServerState partner,
            int bucket,
            ServerRole server,
            Service service,
            long mclt) {}
}
