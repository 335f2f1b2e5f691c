package io.dhcpfailover.operator.witness;

import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.operator.witness.Verdict.FenceFirst;
import io.dhcpfailover.operator.witness.Verdict.Proved;
import io.dhcpfailover.operator.witness.Verdict.Unproved;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says whether a server's process has ended for certain. Whatever is in doubt is not proved. */
public final class Witness {

    /** For how long a process stays ended before it is taken out of service: a kubelet starts it again at once, at first. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    /** The most by which clocks of a pair, and so those of their nodes, may differ. */
    static final Duration SKEW_MAX = Duration.ofSeconds(60);

    private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

    private final Evidence evidence;
    private final Instant now;

    private Witness(Evidence evidence, Instant now) {
        this.evidence = evidence;
        this.now = now;
    }

    /** What the evidence comes to now. */
    public static Verdict judge(Evidence evidence, Instant now) {
        return new Witness(evidence, now).judge();
    }

    /** Whether a pod's kubelet says that all its processes have ended, and starts none of them again. */
    public static boolean hasEnded(Pod pod) {
        return ContainerEnd.of(pod) != null && ContainerEnd.isFinal(pod);
    }

    private Verdict judge() {
        String alive = alive();
        if (alive != null) {
            return new Unproved(alive);
        }
        Verdict node = node();
        return node == null ? pod() : node;
    }

    /** Why the server must be taken for alive; null where nothing says so. */
    private @Nullable String alive() {
        RelationshipReport survivor = evidence.survivor();
        if (evidence.server().external()) {
            return "the server is external: this cluster knows nothing of its process";
        }
        if (survivor == null) {
            return "its partner does not answer, so that nobody could be told";
        }
        if (survivor.connected() || survivor.state() == FailoverState.Normal) {
            return "its partner is in touch with it";
        }
        NodeStatus status = evidence.server().current();
        return status == null ? null : "it answers the operator";
    }

    /** What the node shows; null for nothing. */
    private @Nullable Verdict node() {
        Node node = evidence.node();
        Instant goneSince = evidence.nodeGoneSince();
        if (node == null) {
            return goneSince == null
                    ? new Unproved("its node was never seen")
                    : held(goneSince, "its node was deleted, which says that the machine is gone");
        }
        boolean outOfService = node.getSpec() != null
                && node.getSpec().getTaints().stream().anyMatch(taint -> OUT_OF_SERVICE.equals(taint.getKey()));
        return outOfService
                ? held(now, "its node has the taint out-of-service, which says that it is shut down")
                : null;
    }

    /** A proof holds only where a successor does not serve before it has met its partner. */
    private Verdict held(Instant at, String shown) {
        return evidence.successorTold() ? new Proved(notBefore(at), shown) : new FenceFirst(null, shown);
    }

    private Verdict pod() {
        Pod pod = evidence.pod();
        if (pod == null) {
            return new Unproved("its pod was never seen");
        }
        ContainerEnd end = ContainerEnd.of(pod);
        if (end == null) {
            return new Unproved(
                    evidence.podGone()
                            ? "its pod was deleted before its kubelet said that the process had ended"
                            : "its process has not ended, as far as its kubelet said");
        }
        if (!evidence.served()) {
            return new Unproved("no process of this pod was seen ready, so that one of an earlier pod may still run");
        }
        if (ContainerEnd.isFinal(pod)) {
            return held(latest(end.finishedAt()), "its kubelet has ended the pod: " + end.reason());
        }
        if (evidence.podGone()) {
            return new Unproved("its pod was deleted by force, and its kubelet may have started the process again");
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return new Unproved("its pod is being deleted, and its kubelet has not ended it yet");
        }
        if (!isKubeletAlive()) {
            return new Unproved(
                    "its kubelet said that the process had ended, but is not heard any more, and may have started"
                            + " it again");
        }
        if (now.isBefore(end.finishedAt().plus(PATIENCE))) {
            return new Unproved("its process ended a moment ago, and its kubelet is about to start it again");
        }
        return new FenceFirst(
                pod.getMetadata().getUid(),
                "its process has ended for "
                        + Duration.between(end.finishedAt(), now).toSeconds() + " s: " + end.reason());
    }

    private boolean isKubeletAlive() {
        Node node = evidence.node();
        return node != null
                && node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** A kubelet says times by its own clock, which may be behind. */
    private Instant latest(Instant finishedAt) {
        Instant bound = finishedAt.plus(SKEW_MAX);
        return bound.isAfter(now) ? now : bound;
    }

    /** Nobody has ended before he was last heard. */
    private Instant notBefore(Instant at) {
        RelationshipReport survivor = evidence.survivor();
        Instant heard = survivor == null ? null : survivor.lastContact();
        return heard != null && heard.isAfter(at) ? heard : at;
    }
}
