package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.validation.Judgement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a scope's status follows from.
 *
 * @param name of the DhcpScope
 * @param generation of its spec
 * @param spec what is asked
 * @param judgement whether that goes with all else
 * @param manual whether its changes reach the other server only by an action
 * @param replicas of each of its servers that this operator runs, at most two
 * @param previous the status that it has; null for none
 */
public record ScopeView(
        ObjectName name,
        long generation,
        DhcpScopeSpec spec,
        Judgement<DhcpScopeSpec> judgement,
        boolean manual,
        List<ReplicaView> replicas,
        @Nullable DhcpScopeStatus previous) {

    /** Copies the list. */
    public ScopeView {
        replicas = List.copyOf(replicas);
    }
}
