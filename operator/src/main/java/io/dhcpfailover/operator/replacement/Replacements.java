package io.dhcpfailover.operator.replacement;

import static java.util.Objects.requireNonNull;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.node.NodeClient;
import io.dhcpfailover.operator.node.ServerLink;
import io.dhcpfailover.operator.node.ServerLinks;
import io.dhcpfailover.operator.report.EventReason;
import io.dhcpfailover.operator.report.ObjectEvent;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.rollout.Rollout;
import io.dhcpfailover.operator.rollout.ServerPod;
import io.dhcpfailover.operator.rollout.Step;
import io.dhcpfailover.operator.rollout.Step.Kind;
import io.dhcpfailover.operator.validation.Judgement;
import io.dhcpfailover.operator.view.Caches;
import io.dhcpfailover.operator.view.ClusterView;
import io.dhcpfailover.operator.view.Remarks;
import io.dhcpfailover.operator.view.ServerViews;
import io.dhcpfailover.operator.view.Wakes;
import io.dhcpfailover.operator.workload.Workloads;
import io.dhcpfailover.operator.writing.EventRecorder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes through a rollout step by step. Which server is in hand is noted in the cluster before anything is done with it. */
@Singleton
public final class Replacements {

    private static final Logger LOG = LoggerFactory.getLogger(Replacements.class);

    private final Caches caches;
    private final ServerViews servers;
    private final Workloads workloads;
    private final ServerLinks links;
    private final NodeClient nodes;
    private final Remarks remarks;
    private final EventRecorder events;
    private final Wakes wakes;
    private final InstantSource clock;

    /** What is being done with each server, as an event of it has said. */
    private final Map<ObjectKey, Kind> said = new ConcurrentHashMap<>();

    /** Of these parts. */
    Replacements(
            Caches caches,
            ServerViews servers,
            Workloads workloads,
            ServerLinks links,
            NodeClient nodes,
            Remarks remarks,
            EventRecorder events,
            Wakes wakes,
            InstantSource clock) {
        this.caches = caches;
        this.servers = servers;
        this.workloads = workloads;
        this.links = links;
        this.nodes = nodes;
        this.remarks = remarks;
        this.events = events;
        this.wakes = wakes;
        this.clock = clock;
    }

    /**
     * What to do with a server now. One server at a time is looked at: whoever begins is noted, and its partners see that
     * when it is their turn.
     */
    public synchronized Step next(
            Context<DhcpServer> context, DhcpServer server, NamespaceObjects objects, ClusterView view) {
        ObjectName name = new ObjectName(server.getMetadata().getName());
        ServerPod own = pod(server, objects, name);
        Map<ObjectName, ServerPod> pods = new HashMap<>();
        Map<ObjectName, DhcpFailoverRelationshipSpec> relationships = new HashMap<>();
        pods.put(name, own);
        if (own.outdated() || own.cordoned() || own.inHandSince() != null) {
            objects.servers().forEach((other, each) -> {
                DhcpServerSpec spec = requireNonNull(each.getSpec());
                if (spec.nodeName() != null && spec.external() == null) {
                    pods.put(new ObjectName(other), pod(each, objects, new ObjectName(other)));
                }
            });
            objects.relationships().values().forEach(each -> {
                Judgement<DhcpFailoverRelationshipSpec> judgement =
                        view.judgements().relationships().get(ObjectKey.of(each));
                if (judgement != null && judgement.served() != null) {
                    relationships.put(new ObjectName(each.getMetadata().getName()), judgement.served());
                }
            });
        }
        Step step = requireNonNull(
                Rollout.plan(pods, relationships, clock.instant()).get(name));
        boolean begins = step.kind() == Kind.HAND_OVER && own.inHandSince() == null;
        if (begins || step.kind() == Kind.LET_GO) {
            workloads.apply(
                    context,
                    server,
                    workloads.notes(server).inHand(begins ? clock.instant().truncatedTo(ChronoUnit.SECONDS) : null));
        }
        return step;
    }

    private ServerPod pod(DhcpServer server, NamespaceObjects objects, ObjectName name) {
        ObjectName nodeName = requireNonNull(server.getSpec()).nodeName();
        Node node = nodeName == null ? null : caches.find(Node.class, null, nodeName.text());
        boolean cordoned = node != null
                && node.getSpec() != null
                && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
        return new ServerPod(
                servers.of(objects, name),
                workloads.isOutdated(server),
                cordoned,
                workloads.notes(server).inHandSince());
    }

    /** Does it. What fails is done again when the server is looked at again. */
    public void act(DhcpServer server, NamespaceObjects objects, Step step) {
        tell(server, objects, step);
        switch (step.kind()) {
            case HAND_OVER -> maintain(server, true);
            case TAKE_BACK -> maintain(server, false);
            case REPLACE -> {
                Pod pod = workloads.pod(server);
                if (pod != null && workloads.isTakenUp(server)) {
                    workloads.delete(pod);
                }
            }
            case LET_GO -> partners(server, objects).values().forEach(wakes::wake);
            case KEEP, WAIT, STOPPED -> LOG.debug("{}: {}", ObjectKey.of(server), step);
        }
    }

    private void maintain(DhcpServer server, boolean start) {
        ServerLink link = links.find(ObjectKey.of(server));
        URI where = link == null ? null : link.server();
        if (where == null) {
            return;
        }
        try {
            nodes.maintenance(where, start);
        } catch (IOException e) {
            LOG.warn(
                    "{} could not be told to {}, and is told again: {}",
                    ObjectKey.of(server),
                    start ? "hand its clients over" : "serve again",
                    e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An event when something else is being done than before, and a word in the statuses of pairs where it has stopped. */
    private void tell(DhcpServer server, NamespaceObjects objects, Step step) {
        ObjectKey key = ObjectKey.of(server);
        boolean stopped = step.kind() == Kind.STOPPED;
        partners(server, objects)
                .keySet()
                .forEach(relationship -> remarks.setRollout(relationship, key.name(), stopped ? step.message() : null));
        Kind before = said.put(key, step.kind());
        if (step.kind() != before && !step.message().isEmpty()) {
            events.record(
                    server,
                    List.of(
                            stopped
                                    ? ObjectEvent.warning(EventReason.Rollout, step.message())
                                    : ObjectEvent.normal(EventReason.Rollout, step.message())));
        }
    }

    /** The relationships of a server, each with its partner. */
    private static Map<ObjectKey, ObjectKey> partners(DhcpServer server, NamespaceObjects objects) {
        Map<ObjectKey, ObjectKey> partners = new HashMap<>();
        String own = server.getMetadata().getName();
        objects.relationships().values().forEach(each -> {
            DhcpFailoverRelationshipSpec spec = requireNonNull(each.getSpec());
            String primary = spec.primaryServer().text();
            String secondary = spec.secondaryServer().text();
            if (primary.equals(own) || secondary.equals(own)) {
                partners.put(
                        ObjectKey.of(each),
                        new ObjectKey(
                                ObjectKey.of(server).kind(),
                                server.getMetadata().getNamespace(),
                                primary.equals(own) ? secondary : primary));
            }
        });
        return partners;
    }

    /** A server is no more. */
    public void forget(ObjectKey server) {
        said.remove(server);
    }
}
