package io.dhcpfailover.lab.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dhcpfailover.lab.kubernetes.Access;
import io.dhcpfailover.lab.kubernetes.ApiException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a laboratory: the StatefulSet controller, the scheduler and the kubelets of it in one thread. A container
 * that ends is reported, and started again only when somebody says so.
 */
public final class LocalNodes implements Closeable {

    private static final long TURN_MILLISECONDS = 100;
    private static final long END_SECONDS = 5;

    private final Access api;
    private final Path folder;
    private final Program program;
    private final Consumer<String> problems;
    private final Map<String, Machine> machines;
    private final Map<String, PodProcess> processes = new HashMap<>();
    private final Probe probe = new Probe();
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
        this.program = program;
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
            PodProcess process = processes.get(Json.uid(pod));
            if (Json.nodeName(pod).equals(node) && process != null) {
                process.kill();
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
            PodProcess process = processes.get(Json.uid(pod));
            if (Json.nodeName(pod).equals(node) && process != null && !process.isAlive()) {
                process.start();
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
        process(pod).kill();
    }

    /** Starts the container of a pod that has ended. */
    public synchronized void restart(String pod) throws IOException {
        if (!process(pod).isAlive()) {
            process(pod).start();
        }
    }

    private PodProcess process(String pod) {
        for (ObjectNode each : api.list("Pod")) {
            PodProcess process = processes.get(Json.uid(each));
            if (Json.name(each).equals(pod) && process != null) {
                return process;
            }
        }
        throw new IllegalArgumentException("there is no pod " + pod + " that was started");
    }

    private void run() {
        try {
            while (true) {
                synchronized (this) {
                    if (closed) {
                        return;
                    }
                    turn();
                }
                Thread.sleep(TURN_MILLISECONDS);
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
        if (machine == null || !machine.isPowered()) {
            if (machine != null) {
                reportLost(pod);
            }
            return;
        }
        PodProcess process = processes.get(Json.uid(pod));
        if (Json.isDeleted(pod)) {
            end(pod, process);
            return;
        }
        if (process == null) {
            process = prepared(pod, machine);
            if (process == null) {
                return;
            }
            processes.put(Json.uid(pod), process);
            process.start();
        }
        refreshSecrets(pod);
        JsonNode container = pod.path("spec").path("containers").path(0);
        boolean ready = process.isAlive() && probe.isReady(container, machine.address());
        ObjectNode status = PodStatuses.of(pod, process, ready, machine.address());
        if (!status.equals(pod.path("status"))) {
            api.patchStatus("Pod", Json.namespace(pod), Json.name(pod), status);
        }
    }

    /** What the node controller does with the pods of a node that is not heard of. */
    private void reportLost(ObjectNode pod) throws ApiException {
        ObjectNode status = PodStatuses.lost(pod);
        if (!status.equals(pod.path("status"))) {
            api.patchStatus("Pod", Json.namespace(pod), Json.name(pod), status);
        }
    }

    private void end(ObjectNode pod, @Nullable PodProcess process) throws ApiException {
        if (process != null && process.isAlive()) {
            process.terminate();
            return;
        }
        if (process != null) {
            api.patchStatus(
                    "Pod",
                    Json.namespace(pod),
                    Json.name(pod),
                    PodStatuses.ended(pod, process, machine(Json.nodeName(pod)).address()));
        }
        processes.remove(Json.uid(pod));
        api.delete("Pod", Json.namespace(pod), Json.name(pod), true);
    }

    private @Nullable PodProcess prepared(ObjectNode pod, Machine machine) throws IOException {
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            String secret = volume.path("secret").path("secretName").asText();
            if (!secret.isEmpty() && secret(pod, secret).isMissingNode()) {
                return null;
            }
        }
        Path node = folder.resolve(machine.name());
        return PodProcess.prepare(
                pod,
                machine,
                Files.createDirectories(podFolder(pod)),
                node.resolve("disk"),
                program,
                name -> secret(pod, name));
    }

    private Path podFolder(ObjectNode pod) {
        return folder.resolve(Json.nodeName(pod)).resolve(Json.name(pod));
    }

    private JsonNode secret(ObjectNode pod, String name) {
        return api.find("Secret", Json.namespace(pod), name);
    }

    /** A Secret that changed is written anew, as a kubelet does within a minute. */
    private void refreshSecrets(ObjectNode pod) throws IOException {
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            JsonNode secret =
                    secret(pod, volume.path("secret").path("secretName").asText());
            Path target = podFolder(pod).resolve(volume.path("name").asText());
            Path mark = podFolder(pod).resolve(volume.path("name").asText() + ".version");
            String version = secret.path("metadata").path("resourceVersion").asText();
            if (!secret.isMissingNode()
                    && !(Files.exists(mark) && Files.readString(mark).equals(version))) {
                PodProcess.writeSecret(target, secret);
                Files.writeString(mark, version);
            }
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
        List<PodProcess> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(processes.values());
        }
        thread.interrupt();
        all.forEach(PodProcess::kill);
        all.forEach(process -> process.awaitEnd(END_SECONDS));
        probe.close();
    }
}
