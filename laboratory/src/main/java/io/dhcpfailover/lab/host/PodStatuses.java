package io.dhcpfailover.lab.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a kubelet says of a pod. */
final class PodStatuses {

    private PodStatuses() {}

    static boolean isReady(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    static ObjectNode of(JsonNode pod, PodProcess process, boolean ready, String address) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("phase", "Running")
                .put("hostIP", address)
                .put("podIP", address)
                .put("startTime", text(process.started()));
        ArrayNode conditions = status.putArray("conditions");
        condition(conditions, pod, "PodScheduled", true);
        condition(conditions, pod, "Initialized", true);
        condition(conditions, pod, "ContainersReady", ready);
        condition(conditions, pod, "Ready", ready);
        JsonNode container = pod.path("spec").path("containers").path(0);
        JsonNode before = pod.path("status").path("containerStatuses").path(0);
        ObjectNode said = status.putArray("containerStatuses").addObject();
        said.put("name", container.path("name").asText())
                .put("image", container.path("image").asText())
                .put("imageID", container.path("image").asText())
                .put("containerID", "process://" + Json.uid(pod) + "/" + process.restarts())
                .put("ready", ready)
                .put("started", process.isAlive())
                .put("restartCount", process.restarts());
        ObjectNode state = said.putObject("state");
        if (process.isAlive()) {
            state.putObject("running").put("startedAt", text(process.started()));
            JsonNode last = before.path("state").path("terminated");
            if (last.isObject()) {
                said.putObject("lastState").set("terminated", last);
            } else if (before.has("lastState")) {
                said.set("lastState", before.path("lastState"));
            }
        } else if (before.path("state").has("terminated")) {
            said.set("state", before.path("state"));
        } else {
            state.putObject("terminated")
                    .put("exitCode", process.exitCode())
                    .put("reason", process.exitCode() == 0 ? "Completed" : "Error")
                    .put("startedAt", text(process.started()))
                    .put("finishedAt", text(Instant.now()))
                    .put("containerID", said.path("containerID").asText());
        }
        return status;
    }

    /** Of a pod that is deleted and whose process has ended: it is started again by nobody. */
    static ObjectNode ended(JsonNode pod, PodProcess process, String address) {
        return of(pod, process, false, address).put("phase", process.exitCode() == 0 ? "Succeeded" : "Failed");
    }

    /** The same pod, once its node is not heard of any more. */
    static ObjectNode lost(JsonNode pod) {
        ObjectNode status =
                pod.path("status") instanceof ObjectNode said ? said.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (JsonNode condition : status.path("conditions")) {
            if (condition instanceof ObjectNode object
                    && object.path("type").asText().equals("Ready")
                    && object.path("status").asText().equals("True")) {
                object.put("status", "False")
                        .put("reason", "NodeNotReady")
                        .put("lastTransitionTime", text(Instant.now()));
            }
        }
        return status;
    }

    private static void condition(ArrayNode conditions, JsonNode pod, String type, boolean holds) {
        String status = holds ? "True" : "False";
        for (JsonNode before : pod.path("status").path("conditions")) {
            if (before.path("type").asText().equals(type)
                    && before.path("status").asText().equals(status)) {
                conditions.add(before.deepCopy());
                return;
            }
        }
        conditions.addObject().put("type", type).put("status", status).put("lastTransitionTime", text(Instant.now()));
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
