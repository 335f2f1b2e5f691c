package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.PartnerStatus;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.value.ObjectName;
import org.jspecify.annotations.Nullable;

/** What a status remembers of a server's states. */
final class StateChanges {

    private StateChanges() {}

    /** What a status says of a server; null for nothing. */
    static @Nullable PartnerStatus of(@Nullable DhcpFailoverRelationshipStatus status, ObjectName server) {
        return status == null
                ? null
                : status.servers().stream()
                        .filter(each -> each.name().equals(server))
                        .findAny()
                        .orElse(null);
    }

    /** The last state of a server that is known: where it is not heard any more, that is its previous one. */
    static @Nullable FailoverState lastKnown(@Nullable DhcpFailoverRelationshipStatus status, ObjectName server) {
        PartnerStatus partner = of(status, server);
        if (partner == null) {
            return null;
        }
        return partner.state() == null ? partner.previousState() : partner.state();
    }

    /** The state before the one that a server is in now. */
    static @Nullable FailoverState before(
            @Nullable DhcpFailoverRelationshipStatus status, ObjectName server, FailoverState now) {
        PartnerStatus partner = of(status, server);
        return partner != null && partner.state() == now ? partner.previousState() : lastKnown(status, server);
    }
}
