package io.dhcpfailover.operator.witness;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a pod's containers ended, by the word of their kubelet.
 *
 * @param finishedAt when the last of them had
 * @param reason how, for people
 */
record ContainerEnd(Instant finishedAt, String reason) {

    /** Phases in which a kubelet starts no container of a pod again. */
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    /** Reason of a pod's condition DisruptionTarget: the garbage collector of pods called it Failed. */
    private static final String COLLECTED = "DeletionByPodGC";

    /**
     * The end of a pod whose containers are all known to have ended; null for any other. Only a kubelet knows a
     * container's id and when it ended: what controllers write of pods whose kubelet they do not hear has neither.
     */
    static @Nullable ContainerEnd of(Pod pod) {
        if (pod.getStatus() == null || pod.getSpec() == null) {
            return null;
        }
        List<ContainerStatus> containers = new ArrayList<>(pod.getStatus().getContainerStatuses());
        if (containers.isEmpty()
                || containers.size() != pod.getSpec().getContainers().size()) {
            return null;
        }
        containers.addAll(pod.getStatus().getInitContainerStatuses());
        containers.addAll(pod.getStatus().getEphemeralContainerStatuses());
        Instant last = Instant.EPOCH;
        String reason = "";
        for (ContainerStatus container : containers) {
            ContainerStateTerminated end = terminated(container);
            Instant finished = end == null ? null : time(end.getFinishedAt());
            if (end == null
                    || finished == null
                    || end.getContainerID() == null
                    || end.getContainerID().isEmpty()) {
                return null;
            }
            if (!finished.isBefore(last)) {
                last = finished;
                reason = end.getReason() + ", exit code " + end.getExitCode();
            }
        }
        return new ContainerEnd(last, reason);
    }

    /** The last end of a container that does not run: one that waits to be started again has ended before. */
    private static @Nullable ContainerStateTerminated terminated(ContainerStatus container) {
        if (container.getState() == null || container.getState().getRunning() != null) {
            return null;
        }
        if (container.getState().getTerminated() != null) {
            return container.getState().getTerminated();
        }
        return container.getLastState() == null
                ? null
                : container.getLastState().getTerminated();
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * Whether the kubelet starts none of the pod's containers again: it has ended the pod as a whole. A kubelet that is
     * told to delete a pod does so before it lets the pod go (Kubernetes 1.27 and later); one whose kubelet is not heard
     * may be called Failed by the garbage collector, which knows nothing of its processes.
     */
    static boolean isFinal(Pod pod) {
        boolean collected =
                pod.getStatus().getConditions().stream().anyMatch(condition -> COLLECTED.equals(condition.getReason()));
        boolean ended = pod.getStatus().getContainerStatuses().stream()
                .allMatch(container ->
                        container.getState() != null && container.getState().getTerminated() != null);
        return ended
                && !collected
                && OVER.contains(String.valueOf(pod.getStatus().getPhase()));
    }
}
