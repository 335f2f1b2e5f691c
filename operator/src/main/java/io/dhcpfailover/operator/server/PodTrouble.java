package io.dhcpfailover.operator.server;

import io.dhcpfailover.operator.summary.Trouble;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads out of what Kubernetes shows why a server's pod does not run. */
final class PodTrouble {

    private PodTrouble() {}

    /**
     * What is wrong; null where nothing is.
     *
     * @param nodeName where it is to run
     * @param node that node; null where there is none
     * @param pod the server's; null where there is none
     */
    static @Nullable Trouble of(String nodeName, @Nullable Node node, @Nullable Pod pod) {
        if (node == null) {
            return new Trouble(
                    "NodeGone",
                    "the cluster has no node " + nodeName + ": bring it back, or create another DhcpServer on another"
                            + " node and give it the relationship's place");
        }
        if (!isReady(node)) {
            return new Trouble(
                    "NodeNotReady",
                    "its node " + nodeName + " does not report to the cluster: look at the node, its kubelet and its"
                            + " network");
        }
        if (pod == null) {
            return new Trouble("PodMissing", "its pod does not exist yet: look at the StatefulSet and its events");
        }
        return ofPod(pod);
    }

    private static boolean isReady(Node node) {
        return node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private static @Nullable Trouble ofPod(Pod pod) {
        String name = pod.getMetadata().getName();
        if (pod.getStatus() == null) {
            return null;
        }
        for (PodCondition condition : pod.getStatus().getConditions()) {
            if (condition.getType().equals("PodScheduled")
                    && condition.getStatus().equals("False")) {
                return new Trouble(
                        "NotScheduled",
                        "its pod " + name + " cannot be placed on its node: " + said(condition.getMessage()));
            }
        }
        for (ContainerStatus container : pod.getStatus().getContainerStatuses()) {
            Trouble trouble = ofContainer(name, container);
            if (trouble != null) {
                return trouble;
            }
        }
        return null;
    }

    private static @Nullable Trouble ofContainer(String pod, ContainerStatus container) {
        ContainerState state = container.getState();
        ContainerStateWaiting waiting = state == null ? null : state.getWaiting();
        ContainerStateTerminated ended = state == null ? null : state.getTerminated();
        ContainerStateTerminated last = container.getLastState() == null
                ? null
                : container.getLastState().getTerminated();
        if (ended != null) {
            return new Trouble("ProcessEnded", "its process in pod " + pod + " has ended" + how(ended));
        }
        if (waiting != null
                && waiting.getReason() != null
                && !waiting.getReason().equals("ContainerCreating")) {
            return new Trouble(
                    waiting.getReason(),
                    "its process in pod " + pod + " is not started: " + said(waiting.getMessage())
                            + (last == null ? "" : "; the one before has ended" + how(last)));
        }
        return null;
    }

    private static String how(ContainerStateTerminated ended) {
        return " with status " + ended.getExitCode() + (ended.getReason() == null ? "" : " (" + ended.getReason() + ")")
                + ": look at its log";
    }

    private static String said(@Nullable String message) {
        return Objects.requireNonNullElse(message, "Kubernetes does not say why")
                .strip();
    }
}
