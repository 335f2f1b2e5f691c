package io.dhcpfailover.operator.application;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node of a real API server without a machine: its Node object, and what a kubelet says of the pods of one namespace that
 * the scheduler puts there. Processes are what a test says. Nobody else's pods come: it has a taint.
 */
final class KubeletStandIn implements AutoCloseable {

    /** A toleration for pods that are to come here. */
    static final String TOLERATION = "{key: dhcpfailover-tests, operator: Exists}";

    private static final Logger LOG = LoggerFactory.getLogger(KubeletStandIn.class);
    private static final Duration TURN = Duration.ofMillis(200);

    /** A node that says nothing for 40 s is taken for lost. */
    private static final int HEARTBEAT_TURNS = 25;

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final Thread thread;
    private final Map<String, String> said = new HashMap<>();
    private @Nullable Instant crashed;
    private boolean heard = true;
    private boolean lingers;
    private volatile boolean closed;

    KubeletStandIn(KubernetesClient client, String namespace, String name, String address) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewTaint("NoSchedule", "dhcpfailover-tests", null, "")
                        .endSpec()
                        .build())
                .create();
        Map<String, Quantity> room =
                Map.of("cpu", new Quantity("4"), "memory", new Quantity("8Gi"), "pods", new Quantity("20"));
        say(
                client.nodes().withName(name),
                new NodeStatusBuilder()
                        .addNewAddress(address, "InternalIP")
                        .withAllocatable(room)
                        .withCapacity(room)
                        .build());
        beat("True");
        thread = Thread.ofPlatform().daemon().name("kubelet of " + name).start(this::run);
    }

    String name() {
        return name;
    }

    /** From now on nothing is heard of it, as if its network was cut. */
    synchronized void lose() {
        heard = false;
        beat("Unknown");
    }

    /** Whether pods that are deleted take their time to end. */
    synchronized void linger(boolean does) {
        lingers = does;
    }

    /** Its Node object is deleted, as somebody does whose machine is gone. */
    synchronized void delete() {
        heard = false;
        client.nodes().withName(name).delete();
    }

    /** What is started here from now on ends at once, and what runs has ended then. */
    synchronized void crash(Instant at) {
        crashed = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Its pods are started again. */
    synchronized void mend() {
        crashed = null;
    }

    private void beat(String ready) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        NodeCondition condition = new NodeConditionBuilder()
                .withType("Ready")
                .withStatus(ready)
                .withReason("Test")
                .withMessage("")
                .withLastHeartbeatTime(now)
                .withLastTransitionTime(now)
                .build();
        say(
                client.nodes().withName(name),
                new NodeStatusBuilder().withConditions(condition).build());
    }

    /** Whoever else writes there meanwhile. */
    private static void say(Resource<?> object, Object status) {
        object.subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("status", status)));
    }

    private void run() {
        try {
            for (int turn = 0; !closed; turn++) {
                try {
                    turn(turn % HEARTBEAT_TURNS == 0);
                } catch (KubernetesClientException e) {
                    LOG.debug("{}: what has changed is looked at again", name, e);
                }
                Thread.sleep(TURN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void turn(boolean beats) {
        if (heard) {
            if (beats) {
                beat("True");
            }
            pods().forEach(this::follow);
        }
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace(namespace)
                .withField("spec.nodeName", name)
                .list()
                .getItems();
    }

    private void follow(Pod pod) {
        boolean deleted = pod.getMetadata().getDeletionTimestamp() != null && !lingers;
        String what = deleted ? "over" : "crashed: " + crashed;
        if (!what.equals(said.put(pod.getMetadata().getUid(), what))) {
            say(client.resource(pod), status(pod, deleted));
        }
        if (deleted) {
            client.resource(pod).withGracePeriod(0).delete();
        }
    }

    private PodStatus status(Pod pod, boolean deleted) {
        String uid = pod.getMetadata().getUid();
        ContainerStateTerminated end = crashed == null && !deleted ? null : end(uid);
        PodCondition ready = new PodConditionBuilder()
                .withType("Ready")
                .withStatus(end == null ? "True" : "False")
                .build();
        ContainerStatusBuilder container = new ContainerStatusBuilder()
                .withName(pod.getSpec().getContainers().getFirst().getName())
                .withImage("none")
                .withImageID("none")
                .withReady(end == null)
                .withRestartCount(0);
        if (end == null) {
            container
                    .withContainerID("stand-in://" + uid)
                    .withNewState()
                    .withNewRunning(null)
                    .endState();
        } else if (deleted) {
            container.withNewState().withTerminated(end).endState();
        } else {
            container
                    .withNewState()
                    .withNewWaiting("back-off 5m0s", "CrashLoopBackOff")
                    .endState()
                    .withNewLastState()
                    .withTerminated(end)
                    .endLastState();
        }
        return new PodStatusBuilder()
                .withPhase(deleted ? "Failed" : "Running")
                .withConditions(ready)
                .withContainerStatuses(container.build())
                .build();
    }

    private ContainerStateTerminated end(String uid) {
        Instant at = Objects.requireNonNullElseGet(crashed, () -> Instant.now().truncatedTo(ChronoUnit.SECONDS));
        return new ContainerStateTerminatedBuilder()
                .withContainerID("stand-in://" + uid)
                .withExitCode(1)
                .withReason("Error")
                .withFinishedAt(at.toString())
                .build();
    }

    /** Removes the node, and what is left of its pods. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        pods().forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
        client.nodes().withName(name).delete();
    }
}
