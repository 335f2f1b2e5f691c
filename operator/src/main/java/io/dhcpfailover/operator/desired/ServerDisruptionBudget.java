package io.dhcpfailover.operator.desired;

import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/**
 * The PodDisruptionBudget of a server that has a partner. A drain of its node waits on it until the server's clients are
 * handed over, and passes then; so of a pair one always serves.
 *
 * <p>It is one for a server, not one for a pair: an eviction is refused for good where two budgets select one pod, and a
 * server may be in many pairs.
 */
public final class ServerDisruptionBudget {

    private ServerDisruptionBudget() {}

    /**
     * The budget of a server.
     *
     * @param mayGo whether its pod may be evicted now
     */
    public static PodDisruptionBudget of(DhcpServer server, boolean mayGo) {
        String name = server.getMetadata().getName();
        return new PodDisruptionBudgetBuilder()
                .withMetadata(Names.owned(server, Names.disruptionBudget(name), Names.labelsOfServer(name)))
                .withNewSpec()
                .withNewMaxUnavailable(mayGo ? 1 : 0)
                .withNewSelector()
                .withMatchLabels(Names.selectorOfServer(name))
                .endSelector()
                // A pod that serves nobody must not keep a node from being repaired.
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .endSpec()
                .build();
    }
}
