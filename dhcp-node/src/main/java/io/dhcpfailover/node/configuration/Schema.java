package io.dhcpfailover.node.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A structural schema of Kubernetes.
 *
 * @param type object, array, string, boolean, integer or number; empty for an integer or a string
 * @param keywords its limits, by their names in OpenAPI
 * @param properties the fields of an object
 * @param items what the elements of an array are
 * @param additionalProperties what the values of a map are
 * @param required the fields that an object must have
 * @param rules in CEL
 */
record Schema(
        String type,
        Map<String, Object> keywords,
        Map<String, Schema> properties,
        @Nullable Schema items,
        @Nullable Schema additionalProperties,
        List<String> required,
        List<Rule> rules) {

    /** What is understood. Another one in a definition would be a rule that is not held. */
    private static final Set<String> KEYWORDS = Set.of(
            "additionalProperties",
            "anyOf", // Only beside x-kubernetes-int-or-string, which says the same.
            "default",
            "description",
            "enum",
            "format",
            "items",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minItems",
            "minLength",
            "minimum",
            "pattern",
            "properties",
            "required",
            "type",
            "x-kubernetes-int-or-string",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-list-type",
            "x-kubernetes-validations");

    /**
     * The schema that a definition says.
     *
     * @throws IllegalArgumentException when it uses what is not understood here
     */
    static Schema of(Map<String, Object> definition) {
        for (String keyword : definition.keySet()) {
            if (!KEYWORDS.contains(keyword)) {
                throw new IllegalArgumentException("the keyword " + keyword + " of a schema is not understood");
            }
        }
        if (definition.containsKey("anyOf") && !definition.containsKey("x-kubernetes-int-or-string")) {
            throw new IllegalArgumentException("anyOf is understood beside x-kubernetes-int-or-string only");
        }
        Map<String, Schema> properties = new LinkedHashMap<>();
        for (Map.Entry<String, Object> property :
                Values.object(definition, "properties").entrySet()) {
            properties.put(property.getKey(), of(Values.object(property.getValue())));
        }
        return new Schema(
                Values.text(definition, "type"),
                definition,
                properties,
                optional(definition, "items"),
                optional(definition, "additionalProperties"),
                texts(definition, "required"),
                Rule.of(definition));
    }

    private static @Nullable Schema optional(Map<String, Object> definition, String field) {
        return definition.get(field) instanceof Map<?, ?> map ? of(Values.object(map)) : null;
    }

    private static List<String> texts(Map<String, Object> definition, String field) {
        return definition.get(field) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    /** A limit that is a number; null where there is none. */
    @Nullable Long limit(String keyword) {
        return keywords.get(keyword) instanceof Long limit ? limit : null;
    }

    /** The values it allows; empty where it allows any. */
    List<?> enumeration() {
        return keywords.get("enum") instanceof List<?> list ? list : List.of();
    }

    /** The fields by which the elements of a list are told apart; empty where it is no such list. */
    List<String> mapKeys() {
        return texts(keywords, "x-kubernetes-list-map-keys");
    }

    /** Whether the elements of a list must differ. */
    boolean isSet() {
        return "set".equals(keywords.get("x-kubernetes-list-type"));
    }

    /** Whether it is an integer or a string. */
    boolean isIntOrString() {
        return Boolean.TRUE.equals(keywords.get("x-kubernetes-int-or-string"));
    }
}
