package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.PartnerStatus;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus;
import io.dhcpfailover.api.v1alpha1.DhcpServerStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How urgent it is to write a status: figures change all the time, and are no news. */
public enum Change {
    /** Nothing is new. */
    NONE,
    /** Counters, times of last contact and the like: worth writing now and then, such as every 30 s. */
    FIGURES,
    /** What people wait for: worth writing at once. */
    SUBSTANCE;

    /** Of a relationship's status; null before is none. */
    public static Change between(
            @Nullable DhcpFailoverRelationshipStatus before, DhcpFailoverRelationshipStatus after) {
        if (before == null) {
            return SUBSTANCE;
        }
        if (before.equals(after)) {
            return NONE;
        }
        return substance(before).equals(substance(after)) ? FIGURES : SUBSTANCE;
    }

    /** Of a scope's status; null before is none. */
    public static Change between(@Nullable DhcpScopeStatus before, DhcpScopeStatus after) {
        if (before == null) {
            return SUBSTANCE;
        }
        if (before.equals(after)) {
            return NONE;
        }
        return substance(before).equals(substance(after)) ? FIGURES : SUBSTANCE;
    }

    /** Of a server's status; null before is none. */
    public static Change between(@Nullable DhcpServerStatus before, DhcpServerStatus after) {
        if (before == null) {
            return SUBSTANCE;
        }
        if (before.equals(after)) {
            return NONE;
        }
        return substance(before).equals(substance(after)) ? FIGURES : SUBSTANCE;
    }

    private static DhcpFailoverRelationshipStatus substance(DhcpFailoverRelationshipStatus status) {
        return new DhcpFailoverRelationshipStatus(
                status.observedGeneration(),
                status.state(),
                status.since(),
                status.effective(),
                status.servers().stream().map(Change::substance).toList(),
                status.scopes(),
                status.scopesInSync(),
                null,
                List.of(),
                status.conditions());
    }

    private static PartnerStatus substance(PartnerStatus server) {
        return new PartnerStatus(
                server.name(),
                server.role(),
                server.state(),
                server.previousState(),
                server.since(),
                server.partnerStateSeen(),
                null,
                null,
                null,
                null,
                server.servedHash(),
                server.mcltEndsAt(),
                server.switchesAt());
    }

    private static DhcpScopeStatus substance(DhcpScopeStatus status) {
        return new DhcpScopeStatus(status.observedGeneration(), null, status.replicas(), status.conditions());
    }

    private static DhcpServerStatus substance(DhcpServerStatus status) {
        return new DhcpServerStatus(
                status.observedGeneration(),
                status.address(),
                status.version(),
                status.scopes(),
                null,
                status.relationships(),
                null,
                status.conditions());
    }
}
