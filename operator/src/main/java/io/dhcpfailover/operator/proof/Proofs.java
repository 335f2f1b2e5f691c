package io.dhcpfailover.operator.proof;

import io.dhcpfailover.api.node.PartnerDownRequest;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.desired.WorkloadNotes;
import io.dhcpfailover.operator.node.NodeClient;
import io.dhcpfailover.operator.node.ServerLink;
import io.dhcpfailover.operator.node.ServerLinks;
import io.dhcpfailover.operator.report.EventReason;
import io.dhcpfailover.operator.report.ObjectEvent;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.view.ClusterView;
import io.dhcpfailover.operator.view.Kind;
import io.dhcpfailover.operator.view.Remarks;
import io.dhcpfailover.operator.witness.Fence;
import io.dhcpfailover.operator.witness.Verdict;
import io.dhcpfailover.operator.witness.Verdict.FenceFirst;
import io.dhcpfailover.operator.witness.Verdict.Proved;
import io.dhcpfailover.operator.witness.Verdict.Unproved;
import io.dhcpfailover.operator.workload.LastPods;
import io.dhcpfailover.operator.workload.Workloads;
import io.dhcpfailover.operator.writing.EventRecorder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a server taken for down by its partner where its end is proved, in the four steps of docs/witness.md. Each is seen in
 * the cluster, and begun where that shows that the one before is done: an operator that ends in between loses none.
 */
@Singleton
public final class Proofs {

    private static final Logger LOG = LoggerFactory.getLogger(Proofs.class);

    /** While a step is awaited. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Whatever changes wakes; time alone does so here. */
    private static final Duration LATER = Duration.ofSeconds(5);

    private final Suspicions suspicions;
    private final Workloads workloads;
    private final ServerLinks links;
    private final NodeClient nodes;
    private final Remarks remarks;
    private final EventRecorder events;
    private final InstantSource clock;

    /** Of these parts. */
    Proofs(
            Suspicions suspicions,
            Workloads workloads,
            ServerLinks links,
            NodeClient nodes,
            Remarks remarks,
            EventRecorder events,
            InstantSource clock) {
        this.suspicions = suspicions;
        this.workloads = workloads;
        this.links = links;
        this.nodes = nodes;
        this.remarks = remarks;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What whatever starts in place of a server has to know: that is noted where it has ended, and not any more where it is
     * back. The notes are to be in the cluster before {@link #act}.
     */
    public WorkloadNotes fence(DhcpServer server, NamespaceObjects objects, ClusterView view, WorkloadNotes notes) {
        WorkloadNotes latest = notes;
        for (String relationship : notes.declaredDown().keySet()) {
            if (suspicions.isBack(server, objects, relationship)) {
                latest = latest.declared(relationship, null);
            }
        }
        Instant at = Fence.at(clock.instant());
        for (Suspicion suspicion : suspicions.of(server, objects, view, notes)) {
            if (suspicion.verdict() instanceof FenceFirst
                    && !Fence.holds(notes.declaredDown().get(suspicion.name()), suspicion.report())
                    && Fence.holds(at, suspicion.report())) {
                latest = latest.declared(suspicion.name(), at);
                LOG.info("{}: {} is told to whatever starts in its place", ObjectKey.of(server), suspicion.verdict());
            }
        }
        return latest;
    }

    /** The next step for a server; how soon to look again, null where nothing is awaited. */
    public @Nullable Duration act(DhcpServer server, NamespaceObjects objects, ClusterView view) {
        WorkloadNotes notes = workloads.notes(server);
        List<Suspicion> all = suspicions.of(server, objects, view, notes);
        objects.relationships().values().forEach(relationship -> {
            ObjectKey key = ObjectKey.of(relationship);
            remarks.setProof(
                    key,
                    server.getMetadata().getName(),
                    all.stream()
                            .filter(each -> each.name().equals(key.name()))
                            .map(Proofs::remark)
                            .findAny()
                            .orElse(null));
        });
        Duration again = null;
        for (Suspicion suspicion : all) {
            boolean ended = suspicion.verdict() instanceof FenceFirst;
            if (ended && isSuccessorTold(server, notes, suspicion)) {
                act(server, suspicion, suspicion.withSuccessorTold(clock.instant()));
            }
            again = ended || SOON.equals(again) ? SOON : LATER;
        }
        return again;
    }

    private static String remark(Suspicion suspicion) {
        return switch (suspicion.verdict()) {
            case Unproved(String reason) -> "not proved: " + reason;
            case FenceFirst _, Proved _ -> "it has ended, and is made sure not to come back unseen";
        };
    }

    /**
     * Whether any pod that comes knows that it was taken for down. The controller of StatefulSets has seen the template; so
     * only one that was there before can be without, and the watch may not have told of that yet.
     */
    private boolean isSuccessorTold(DhcpServer server, WorkloadNotes notes, Suspicion suspicion) {
        StatefulSet workload = workloads.find(server);
        if (workload == null
                || !Fence.holds(notes.declaredDown().get(suspicion.name()), suspicion.report())
                || !workloads.isTakenUp(server)) {
            return false;
        }
        Pod there = workloads.podNow(server);
        return there == null
                || LastPods.areSame(there, suspicion.evidence().pod())
                || Fence.holds(WorkloadNotes.declared(there).get(suspicion.name()), suspicion.report());
    }

    private void act(DhcpServer server, Suspicion suspicion, Verdict verdict) {
        switch (verdict) {
            case Unproved(String reason) -> LOG.debug("{}: {}", ObjectKey.of(server), reason);
            case FenceFirst(String uid, String shown) -> {
                Pod pod = workloads.pod(server);
                if (pod != null && pod.getMetadata().getUid().equals(uid)) {
                    LOG.info("{}: its pod goes, since {}", ObjectKey.of(server), shown);
                    workloads.delete(pod);
                }
            }
            case Proved(Instant at, String shown) -> tell(server, suspicion, at, shown);
        }
    }

    private void tell(DhcpServer server, Suspicion suspicion, Instant at, String shown) {
        ServerLink link = links.find(new ObjectKey(
                Kind.DhcpServer.name(),
                server.getMetadata().getNamespace(),
                suspicion.survivor().text()));
        URI survivor = link == null ? null : link.server();
        if (survivor == null) {
            return;
        }
        try {
            nodes.partnerDown(survivor, suspicion.name(), new PartnerDownRequest(null, at));
            events.record(
                    suspicion.relationship(),
                    List.of(ObjectEvent.warning(
                            EventReason.PartnerDownProved,
                            suspicion.survivor() + " takes "
                                    + server.getMetadata().getName() + " for down, which had ended by " + at + ": "
                                    + shown)));
        } catch (IOException e) {
            LOG.warn(
                    "{} could not be told that {} has ended, and is told again: {}",
                    suspicion.survivor(),
                    ObjectKey.of(server),
                    e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A server is no more. */
    public void forget(ObjectKey server) {
        suspicions.forget(server);
        remarks.forgetServer(server);
    }
}
