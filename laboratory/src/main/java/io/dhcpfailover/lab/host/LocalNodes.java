package io.dhcpfailover.lab.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dhcpfailover.lab.kubernetes.Access;
import io.dhcpfailover.lab.kubernetes.ApiException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The nodes of a laboratory: the StatefulSet controller, the scheduler and the kubelets of it in one thread. A container
 * that ends is reported, and started again only when somebody says so.
 */
public final class LocalNodes implements Closeable {

    /** How often a pod is asked whether it is ready, and whether its process has ended. */
    private static final Duration PROBE = Duration.ofMillis(100);

    private final Access api;
    private final Path folder;
    private final Consumer<String> problems;
    private final Map<String, Machine> machines;
    private final Pods pods;
    private final Thread thread;
    private boolean closed;

    /**
     * Starts them.
     *
     * @param addresses of the nodes by their names
     * @param folder for all their files
     * @param problems is told of what cannot be started, and why
     */
    public static LocalNodes start(
            Access api, Map<String, String> addresses, Path folder, Program program, Consumer<String> problems)
            throws ApiException {
        LocalNodes nodes = new LocalNodes(api, addresses, folder, program, problems);
        for (Machine machine : nodes.machines.values()) {
            nodes.register(machine);
        }
        nodes.thread.start();
        return nodes;
    }

    private LocalNodes(
            Access api, Map<String, String> addresses, Path folder, Program program, Consumer<String> problems) {
        this.api = api;
        this.folder = folder;
        this.pods = new Pods(api, folder, program);
        this.problems = problems;
        machines = addresses.entrySet().stream()
                .map(entry -> new Machine(entry.getKey(), entry.getValue()))
                .collect(Collectors.toMap(Machine::name, machine -> machine));
        thread = Thread.ofPlatform().daemon().name("nodes").unstarted(this::run);
    }

    private void register(Machine machine) throws ApiException {
        ObjectNode node = object("v1", "Node", machine.name());
        Json.metadata(node).putObject("labels").put("kubernetes.io/hostname", machine.name());
        node.putObject("spec");
        api.create("", node);
        report(machine);
    }

    private void report(Machine machine) throws ApiException {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.putArray("addresses").addObject().put("type", "InternalIP").put("address", machine.address());
        boolean powered = machine.isPowered();
        status.putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", powered ? "True" : "Unknown")
                .put("reason", powered ? "KubeletReady" : "NodeStatusUnknown")
                .put("message", powered ? "kubelet is posting ready status" : "Kubelet stopped posting node status.")
                .put("lastHeartbeatTime", now())
                .put("lastTransitionTime", now());
        status.putObject("nodeInfo").put("kubeletVersion", "v1.33.0+lab");
        api.patchStatus("Node", "", machine.name(), status);
    }

    /** Cuts the power of a node: what ran there is gone at once, and nobody reports it. */
    public synchronized void powerOff(String node) throws ApiException {
        Machine machine = machine(node);
        machine.setPowered(false);
        for (ObjectNode pod : api.list("Pod")) {
            if (Json.nodeName(pod).equals(node)) {
                pods.kill(pod);
            }
        }
        report(machine);
    }

    /** Gives a node its power back, and starts what ran there. */
    public synchronized void powerOn(String node) throws ApiException, IOException {
        Machine machine = machine(node);
        machine.setPowered(true);
        report(machine);
        for (ObjectNode pod : api.list("Pod")) {
            if (Json.nodeName(pod).equals(node)) {
                pods.restart(pod);
            }
        }
    }

    private Machine machine(String node) {
        Machine machine = machines.get(node);
        if (machine == null) {
            throw new IllegalArgumentException("there is no node " + node + ", but " + machines.keySet());
        }
        return machine;
    }

    /** Kills the container of a pod, which is reported. */
    public synchronized void kill(String pod) {
        pods.kill(pod(pod));
    }

    /** Starts the container of a pod that has ended. */
    public synchronized void restart(String pod) throws IOException {
        pods.restart(pod(pod));
    }

    private ObjectNode pod(String name) {
        return api.list("Pod").stream()
                .filter(pod -> Json.name(pod).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no pod " + name));
    }

    private void run() {
        try {
            while (true) {
                long version = api.version();
                synchronized (this) {
                    if (closed) {
                        return;
                    }
                    turn();
                }
                long _ = api.await(version, PROBE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws InterruptedException {
        for (ObjectNode set : api.list("StatefulSet")) {
            attempt(set, this::followSet);
        }
        for (ObjectNode pod : api.list("Pod")) {
            attempt(pod, this::followPod);
        }
    }

    /** What follows an object. */
    private interface Step {
        void follow(ObjectNode object) throws ApiException, IOException, InterruptedException;
    }

    private void attempt(ObjectNode object, Step step) throws InterruptedException {
        try {
            step.follow(object);
        } catch (ApiException | IOException | RuntimeException e) {
            problems.accept(Json.name(object) + ": " + e);
        }
    }

    private void followSet(ObjectNode set) throws ApiException {
        String namespace = Json.namespace(set);
        String name = Json.name(set);
        JsonNode pod = api.find("Pod", namespace, name + "-0");
        JsonNode template = set.path("spec").path("template");
        String revision = name + "-" + Integer.toHexString(template.hashCode());
        int replicas = set.path("spec").path("replicas").asInt(1);
        if (pod.isMissingNode() && replicas > 0 && !Json.isDeleted(set)) {
            api.create(namespace, PodTemplates.pod(set, template, revision));
        } else if (pod.isObject() && replicas == 0 && !Json.isDeleted(pod)) {
            api.delete("Pod", namespace, name + "-0", false);
        }
        ObjectNode status = PodTemplates.status(set, pod, revision);
        if (!status.equals(set.path("status"))) {
            api.patchStatus("StatefulSet", namespace, name, status);
        }
    }

    private void followPod(ObjectNode pod) throws ApiException, IOException, InterruptedException {
        Machine machine = machines.get(Json.nodeName(pod));
        if (machine != null && machine.isPowered()) {
            pods.follow(pod, machine);
        } else if (machine != null) {
            reportLost(pod);
        }
    }

    /** What the node controller does with the pods of a node that is not heard of. */
    private void reportLost(ObjectNode pod) throws ApiException {
        ObjectNode status = PodStatuses.lost(pod);
        if (!status.equals(pod.path("status"))) {
            api.patchStatus("Pod", Json.namespace(pod), Json.name(pod), status);
        }
    }

    /** Where a pod's container writes what it says. */
    public Path log(String node, String pod) {
        return folder.resolve(node).resolve(pod).resolve("log");
    }

    private static ObjectNode object(String apiVersion, String kind, String name) {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", apiVersion)
                .put("kind", kind);
        object.putObject("metadata").put("name", name);
        return object;
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Ends all processes. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        thread.interrupt();
        pods.close();
    }
}
