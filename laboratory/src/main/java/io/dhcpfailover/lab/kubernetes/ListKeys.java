package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** By which fields the elements of a list are told apart where it is merged, as the API says of each kind. */
final class ListKeys {

    /** Of the kinds of Kubernetes, by the name of the list. */
    private static final Map<String, List<String>> BUILT_IN = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("ports", List.of("containerPort")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("conditions", List.of("type")),
            Map.entry("ownerReferences", List.of("uid")));

    private ListKeys() {}

    /** The fields; empty where the list is replaced as a whole. */
    static List<String> of(String field, JsonNode schema) {
        JsonNode declared = schema.path("x-kubernetes-list-map-keys");
        if (declared.isArray()) {
            List<String> keys = new ArrayList<>();
            declared.forEach(key -> keys.add(key.asText()));
            return keys;
        }
        return schema.isMissingNode() ? BUILT_IN.getOrDefault(field, List.of()) : List.of();
    }

    /** Whether the elements of the list are told apart by what they are. */
    static boolean isSet(String field, JsonNode schema) {
        return field.equals("finalizers")
                || schema.path("x-kubernetes-list-type").asText().equals("set");
    }

    /** Whether two elements are the same one. */
    static boolean isSame(List<String> keys, JsonNode one, JsonNode other) {
        return keys.stream().allMatch(key -> one.path(key).equals(other.path(key)));
    }
}
