package io.dhcpfailover.operator.server;

import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.desired.WorkloadNotes;
import io.dhcpfailover.operator.proof.Proofs;
import io.dhcpfailover.operator.replacement.Replacements;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.rollout.Step;
import io.dhcpfailover.operator.view.Addresses;
import io.dhcpfailover.operator.view.ClusterView;
import io.dhcpfailover.operator.workload.LastPods;
import io.dhcpfailover.operator.workload.Workloads;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a server in service: its objects, its replacement when something else is asked, and what its partner is told where
 * it has ended. Whatever has to be remembered is noted in the cluster first, and done then.
 */
@Singleton
final class Service {

    /** While something is being done with it: whatever changes wakes it, and time has to pass for some of it. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ServerChildren children;
    private final Workloads workloads;
    private final Replacements replacements;
    private final Proofs proofs;
    private final Addresses addresses;

    Service(
            ServerChildren children,
            Workloads workloads,
            Replacements replacements,
            Proofs proofs,
            Addresses addresses) {
        this.children = children;
        this.workloads = workloads;
        this.replacements = replacements;
        this.proofs = proofs;
        this.addresses = addresses;
    }

    /**
     * The next step.
     *
     * @param paired whether the server has a partner
     * @return how soon to look again; null where nothing is awaited
     */
    @Nullable Duration attend(
            Context<DhcpServer> context,
            DhcpServer server,
            NamespaceObjects objects,
            ClusterView view,
            boolean paired) {
        Step step = replacements.next(context, server, objects, view);
        WorkloadNotes notes = workloads.notes(server).reached(addresses.ofFailover(server));
        Pod pod = workloads.pod(server);
        if (pod != null && LastPods.isReady(pod)) {
            notes = notes.served(pod.getMetadata().getUid());
        }
        notes = proofs.fence(server, objects, view, notes);
        if (!children.ensure(context, server, notes, paired, step.evictable())) {
            return null;
        }
        replacements.act(server, objects, step);
        Duration again = proofs.act(server, objects, view);
        return step.kind() == Step.Kind.KEEP ? again : SOON;
    }

    /** A server is no more. */
    void forget(ObjectKey server) {
        workloads.forget(server);
        replacements.forget(server);
        proofs.forget(server);
    }
}
