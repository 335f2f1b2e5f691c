package io.dhcpfailover.operator.proof;

import static java.util.Objects.requireNonNull;

import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.desired.WorkloadNotes;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.validation.Judgement;
import io.dhcpfailover.operator.view.Caches;
import io.dhcpfailover.operator.view.ClusterView;
import io.dhcpfailover.operator.view.ServerViews;
import io.dhcpfailover.operator.witness.Evidence;
import io.dhcpfailover.operator.witness.Witness;
import io.dhcpfailover.operator.workload.LastPods;
import io.dhcpfailover.operator.workload.Workloads;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Servers that their partners do not hear any more, with all that is known of them. */
@Singleton
final class Suspicions {

    /** In which a server goes to PARTNER-DOWN when it is told of a proof. */
    private static final Set<FailoverState> WITHOUT_PARTNER = EnumSet.of(
            FailoverState.CommunicationsInterrupted,
            FailoverState.PotentialConflict,
            FailoverState.ResolutionInterrupted,
            FailoverState.ConflictDone);

    private final Caches caches;
    private final ServerViews servers;
    private final Workloads workloads;
    private final LastPods pods;
    private final InstantSource clock;

    /** When the node of a server was first seen to be gone. */
    private final Map<ObjectKey, Instant> nodeGone = new ConcurrentHashMap<>();

    Suspicions(Caches caches, ServerViews servers, Workloads workloads, LastPods pods, InstantSource clock) {
        this.caches = caches;
        this.servers = servers;
        this.workloads = workloads;
        this.pods = pods;
        this.clock = clock;
    }

    /** One for each relationship in which a server's partner is to act on a proof and does not hear it. */
    List<Suspicion> of(DhcpServer server, NamespaceObjects objects, ClusterView view, WorkloadNotes notes) {
        ObjectName name = new ObjectName(server.getMetadata().getName());
        List<Suspicion> found = new ArrayList<>();
        for (DhcpFailoverRelationship relationship : objects.relationships().values()) {
            Judgement<DhcpFailoverRelationshipSpec> judgement =
                    view.judgements().relationships().get(ObjectKey.of(relationship));
            DhcpFailoverRelationshipSpec spec = judgement == null ? null : judgement.served();
            ObjectName survivor = spec == null ? null : partner(spec, name);
            RelationshipReport report = survivor == null ? null : report(objects, survivor, relationship);
            if (spec != null
                    && survivor != null
                    && spec.partnerDownOnProof()
                    && report != null
                    && !report.connected()
                    && WITHOUT_PARTNER.contains(report.state())) {
                Evidence evidence = evidence(server, objects, notes, report);
                found.add(new Suspicion(
                        relationship, survivor, report, evidence, Witness.judge(evidence, clock.instant())));
            }
        }
        return found;
    }

    private static @Nullable ObjectName partner(DhcpFailoverRelationshipSpec spec, ObjectName server) {
        if (spec.primaryServer().equals(server)) {
            return spec.secondaryServer();
        }
        return spec.secondaryServer().equals(server) ? spec.primaryServer() : null;
    }

    private @Nullable RelationshipReport report(
            NamespaceObjects objects, ObjectName server, DhcpFailoverRelationship relationship) {
        return servers.of(objects, server)
                .report(new ObjectName(relationship.getMetadata().getName()));
    }

    private Evidence evidence(
            DhcpServer server, NamespaceObjects objects, WorkloadNotes notes, RelationshipReport survivor) {
        Pod there = workloads.pod(server);
        Pod last = pods.of(ObjectKey.of(server));
        Node node = node(server);
        return new Evidence(
                survivor,
                servers.of(objects, new ObjectName(server.getMetadata().getName())),
                last,
                !LastPods.areSame(last, there),
                last != null && last.getMetadata().getUid().equals(notes.servedPod()),
                node,
                nodeGoneSince(ObjectKey.of(server), node, notes),
                false);
    }

    private @Nullable Node node(DhcpServer server) {
        ObjectName name = requireNonNull(server.getSpec()).nodeName();
        return name == null ? null : caches.find(Node.class, null, name.text());
    }

    /** A node on which a pod was seen ready was there. An operator that did not see it go says when it found that. */
    private @Nullable Instant nodeGoneSince(ObjectKey server, @Nullable Node node, WorkloadNotes notes) {
        if (node != null || notes.servedPod() == null) {
            nodeGone.remove(server);
            return null;
        }
        return nodeGone.computeIfAbsent(server, any -> clock.instant());
    }

    /** Whether both servers are in NORMAL in a relationship, or there is no such relationship any more. */
    boolean isBack(DhcpServer server, NamespaceObjects objects, String name) {
        DhcpFailoverRelationship relationship = objects.relationships().get(name);
        ObjectName own = new ObjectName(server.getMetadata().getName());
        ObjectName partner = relationship == null ? null : partner(requireNonNull(relationship.getSpec()), own);
        return relationship == null
                || partner == null
                || (isNormal(report(objects, own, relationship)) && isNormal(report(objects, partner, relationship)));
    }

    private static boolean isNormal(@Nullable RelationshipReport report) {
        return report != null && report.connected() && report.state() == FailoverState.Normal;
    }

    void forget(ObjectKey server) {
        nodeGone.remove(server);
        pods.forget(server);
    }
}
