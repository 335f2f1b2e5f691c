package io.dhcpfailover.lab.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dhcpfailover.lab.kubernetes.Access;
import io.dhcpfailover.lab.kubernetes.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What kubelets do: the process of each pod, its Secrets, and what is reported of it. */
final class Pods {

    private static final long END_SECONDS = 5;

    private final Access api;
    private final Path folder;
    private final Program program;
    private final Map<String, PodProcess> processes = new HashMap<>();
    private final Probe probe = new Probe();
    private boolean closed;

    Pods(Access api, Path folder, Program program) {
        this.api = api;
        this.folder = folder;
        this.program = program;
    }

    /** Starts a pod that is new, ends one that is deleted, and reports any other. */
    synchronized void follow(ObjectNode pod, Machine machine) throws ApiException, IOException, InterruptedException {
        if (closed) {
            return;
        }
        PodProcess process = processes.get(Json.uid(pod));
        if (Json.isDeleted(pod)) {
            end(pod, process, machine);
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

    /** Ends the process of a pod without asking; none where it has none. */
    synchronized void kill(ObjectNode pod) {
        PodProcess process = processes.get(Json.uid(pod));
        if (process != null) {
            process.kill();
        }
    }

    /** Starts a process that has ended, of a pod that was started before. */
    synchronized void restart(ObjectNode pod) throws IOException {
        PodProcess process = processes.get(Json.uid(pod));
        if (process != null && !closed && !process.isAlive()) {
            process.start();
        }
    }

    private void end(ObjectNode pod, @Nullable PodProcess process, Machine machine) throws ApiException {
        if (process != null && process.isAlive()) {
            process.terminate();
            return;
        }
        if (process != null) {
            ObjectNode last = PodStatuses.ended(pod, process, machine.address());
            api.patchStatus("Pod", Json.namespace(pod), Json.name(pod), last);
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

    /** Ends all processes, and starts none any more. */
    synchronized void close() {
        closed = true;
        processes.values().forEach(PodProcess::kill);
        processes.values().forEach(process -> process.awaitEnd(END_SECONDS));
        probe.close();
    }
}
