package io.dhcpfailover.lab.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a StatefulSet of one pod makes, and says of it. */
final class PodTemplates {

    private static final String REVISION = "controller-revision-hash";

    private PodTemplates() {}

    /** The pod, on the node that its template asks for. */
    static ObjectNode pod(JsonNode set, JsonNode template, String revision) {
        ObjectNode pod =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata");
        if (template.path("metadata") instanceof ObjectNode asked) {
            metadata.setAll(asked.deepCopy());
        }
        metadata.put("name", Json.name(set) + "-0");
        ObjectNode labels = metadata.get("labels") instanceof ObjectNode old ? old : metadata.putObject("labels");
        labels.put(REVISION, revision)
                .put("statefulset.kubernetes.io/pod-name", Json.name(set) + "-0")
                .put("apps.kubernetes.io/pod-index", "0");
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "apps/v1")
                .put("kind", "StatefulSet")
                .put("name", Json.name(set))
                .put("uid", Json.uid(set))
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        ObjectNode spec = template.path("spec").deepCopy();
        pod.set("spec", spec);
        spec.put("nodeName", node(spec));
        return pod;
    }

    private static String node(JsonNode spec) {
        if (spec.hasNonNull("nodeName")) {
            return spec.path("nodeName").asText();
        }
        JsonNode term = spec.path("affinity")
                .path("nodeAffinity")
                .path("requiredDuringSchedulingIgnoredDuringExecution")
                .path("nodeSelectorTerms")
                .path(0);
        JsonNode asked = term.has("matchFields") ? term.path("matchFields") : term.path("matchExpressions");
        String affine = asked.path(0).path("values").path(0).asText();
        return affine.isEmpty()
                ? spec.path("nodeSelector").path("kubernetes.io/hostname").asText()
                : affine;
    }

    /** The status of the StatefulSet. */
    static ObjectNode status(JsonNode set, JsonNode pod, String revision) {
        String current = pod.path("metadata").path("labels").path(REVISION).asText(revision);
        boolean ready = PodStatuses.isReady(pod);
        int there = pod.isMissingNode() ? 0 : 1;
        return JsonNodeFactory.instance
                .objectNode()
                .put(
                        "observedGeneration",
                        set.path("metadata").path("generation").asLong())
                .put("replicas", there)
                .put("readyReplicas", ready ? 1 : 0)
                .put("availableReplicas", ready ? 1 : 0)
                .put("currentReplicas", there)
                .put("updatedReplicas", there == 1 && current.equals(revision) ? 1 : 0)
                .put("currentRevision", current)
                .put("updateRevision", revision)
                .put("collisionCount", 0);
    }
}
