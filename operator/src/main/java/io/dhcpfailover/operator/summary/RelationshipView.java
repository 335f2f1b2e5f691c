package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.validation.Judgement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a relationship's status follows from.
 *
 * @param name of the DhcpFailoverRelationship
 * @param generation of its spec
 * @param spec what is asked
 * @param judgement whether that goes with all else
 * @param scopes how many scopes it has
 * @param outOfSync the names of those that a server does not serve as asked
 * @param primary the one server
 * @param secondary the other
 * @param remark what the operator itself has to say of it
 * @param previous the status that it has; null for none
 */
public record RelationshipView(
        ObjectName name,
        long generation,
        DhcpFailoverRelationshipSpec spec,
        Judgement<DhcpFailoverRelationshipSpec> judgement,
        int scopes,
        List<String> outOfSync,
        ServerView primary,
        ServerView secondary,
        Remark remark,
        @Nullable DhcpFailoverRelationshipStatus previous) {

    private static final int PERCENT_DEFAULT = 50;
    private static final int RESERVE_DEFAULT = 5;

    /** Copies the list. */
    public RelationshipView {
        outOfSync = List.copyOf(outOfSync);
    }

    /** The side of a role. */
    Side side(ServerRole role) {
        ServerView own = role == ServerRole.Primary ? primary : secondary;
        ServerView other = role == ServerRole.Primary ? secondary : primary;
        return new Side(role, own, own.report(name), own.lastReport(name), other.report(name));
    }

    boolean isLoadBalance() {
        return spec.mode() == Mode.LoadBalance;
    }

    /** The primary's share of clients in LoadBalance. */
    int loadBalancePercent() {
        return Objects.requireNonNullElse(spec.loadBalancePercent(), PERCENT_DEFAULT);
    }

    /** Who answers in HotStandby. */
    ServerRole activeServer() {
        return Objects.requireNonNullElse(spec.activeServer(), ServerRole.Primary);
    }

    /** The standby's share of the free addresses in HotStandby. */
    int reservePercent() {
        return Objects.requireNonNullElse(spec.reservePercent(), RESERVE_DEFAULT);
    }
}
