package io.dhcpfailover.operator.workload;

import io.dhcpfailover.operator.desired.Names;
import io.dhcpfailover.operator.desired.WorkloadNotes;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.view.Kind;
import io.dhcpfailover.operator.witness.Witness;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last version that was seen of the latest pod of each server of which any container ever ran; it stays known when the
 * pod is gone. A pod that its kubelet has ended is not forgotten for one that was told so and is not ready: whatever runs
 * there serves nobody before it has met its partner.
 */
@Singleton
public final class LastPods {

    private final Map<ObjectKey, Pod> pods = new ConcurrentHashMap<>();

    /** A version of a server's pod, in the order in which the API server tells of them. */
    public void saw(Pod pod) {
        String server = pod.getMetadata().getLabels() == null
                ? null
                : pod.getMetadata().getLabels().get(Names.SERVER);
        if (server == null || !ran(pod)) {
            return;
        }
        pods.merge(
                new ObjectKey(Kind.DhcpServer.name(), pod.getMetadata().getNamespace(), server),
                pod,
                (known, seen) -> stays(known, seen) ? known : seen);
    }

    private static boolean stays(Pod known, Pod seen) {
        return !areSame(known, seen)
                && Witness.hasEnded(known)
                && !isReady(seen)
                && !WorkloadNotes.declared(seen).isEmpty();
    }

    private static boolean ran(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getContainerStatuses().stream().anyMatch(LastPods::ran);
    }

    private static boolean ran(ContainerStatus container) {
        boolean now = container.getState() != null
                && (container.getState().getRunning() != null
                        || container.getState().getTerminated() != null);
        return now
                || (container.getLastState() != null && container.getLastState().getTerminated() != null);
    }

    /** The pod of a server; null for none that was seen. */
    public @Nullable Pod of(ObjectKey server) {
        return pods.get(server);
    }

    /** A server is no more. */
    public void forget(ObjectKey server) {
        pods.remove(server);
    }

    /** Whether two are the same pod, in whatever version. */
    public static boolean areSame(@Nullable Pod one, @Nullable Pod other) {
        return one != null
                && other != null
                && Objects.equals(
                        one.getMetadata().getUid(), other.getMetadata().getUid());
    }

    /** Whether a pod is ready. */
    public static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
