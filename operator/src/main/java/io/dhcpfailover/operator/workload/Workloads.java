package io.dhcpfailover.operator.workload;

import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.operator.desired.Names;
import io.dhcpfailover.operator.desired.NodeImage;
import io.dhcpfailover.operator.desired.ServerPodTemplate;
import io.dhcpfailover.operator.desired.ServerWorkload;
import io.dhcpfailover.operator.desired.WorkloadNotes;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.view.Caches;
import io.dhcpfailover.operator.writing.Applier;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The StatefulSet of each server of this cluster, and its pod. */
@Singleton
public final class Workloads {

    private static final Logger LOG = LoggerFactory.getLogger(Workloads.class);

    private record Revision(DhcpServerSpec spec, String text) {}

    private final Caches caches;
    private final Applier applier;
    private final NodeImage image;
    private final KubernetesClient client;
    private final Map<ObjectKey, Revision> revisions = new ConcurrentHashMap<>();

    /** As these caches say. */
    Workloads(Caches caches, Applier applier, NodeImage image, KubernetesClient client) {
        this.caches = caches;
        this.applier = applier;
        this.image = image;
        this.client = client;
    }

    /** The StatefulSet of a server; null where there is none. */
    public @Nullable StatefulSet find(DhcpServer server) {
        return caches.find(
                StatefulSet.class,
                server.getMetadata().getNamespace(),
                Names.workload(server.getMetadata().getName()));
    }

    /** The pod of a server; null where there is none. */
    public @Nullable Pod pod(DhcpServer server) {
        return caches.find(
                Pod.class,
                server.getMetadata().getNamespace(),
                Names.pod(server.getMetadata().getName()));
    }

    /** The pod of a server as the API server has it now, whatever the watch has told; null where there is none. */
    public @Nullable Pod podNow(DhcpServer server) {
        return client.pods()
                .inNamespace(server.getMetadata().getNamespace())
                .withName(Names.pod(server.getMetadata().getName()))
                .get();
    }

    /** What is noted on a server's workload. */
    public WorkloadNotes notes(DhcpServer server) {
        return WorkloadNotes.of(find(server));
    }

    /** Makes the workload of a server what it should be, with these notes. They are in the cluster when this returns. */
    public void apply(Context<?> context, DhcpServer server, WorkloadNotes notes) {
        applier.apply(context, ServerWorkload.of(server, image, notes), find(server));
    }

    /** Whether the controller of StatefulSets has seen the latest template: a pod that comes from now on is made of it. */
    public boolean isTakenUp(DhcpServer server) {
        StatefulSet workload = find(server);
        return workload != null
                && workload.getStatus() != null
                && workload.getStatus().getObservedGeneration() != null
                && workload.getStatus().getObservedGeneration()
                        >= workload.getMetadata().getGeneration();
    }

    /** Whether a server's pod is of something else than what is asked. */
    public boolean isOutdated(DhcpServer server) {
        Pod pod = pod(server);
        return pod != null && !ServerPodTemplate.isOf(pod, revision(server));
    }

    private String revision(DhcpServer server) {
        DhcpServerSpec spec = Objects.requireNonNull(server.getSpec());
        Revision known = revisions.get(ObjectKey.of(server));
        if (known == null || !known.spec().equals(spec)) {
            known = new Revision(spec, ServerPodTemplate.revision(server, image));
            revisions.put(ObjectKey.of(server), known);
        }
        return known.text();
    }

    /** Deletes a pod, as long as it is just what was seen. Its kubelet ends it, and its StatefulSet makes another. */
    public void delete(Pod seen) {
        if (seen.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        try {
            if (!client.resource(seen).lockResourceVersion().delete().isEmpty()) {
                LOG.info("{} is deleted", ObjectKey.of(seen));
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            LOG.debug("{} is not what it was: it is looked at again", ObjectKey.of(seen));
        }
    }

    /** A server is no more. */
    public void forget(ObjectKey server) {
        revisions.remove(server);
    }
}
