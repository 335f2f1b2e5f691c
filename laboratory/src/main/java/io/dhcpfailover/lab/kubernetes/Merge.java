package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** How what is sent is merged into what is there. */
final class Merge {

    private Merge() {}

    /** A JSON merge patch (RFC 7396), of which lists with keys are merged where the patch is a strategic one. */
    static void patch(ObjectNode live, ObjectNode patch, boolean strategic) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                live.remove(field.getKey());
            } else if (value instanceof ObjectNode object) {
                patch(Json.object(live, field.getKey()), object, strategic);
            } else if (strategic
                    && value instanceof ArrayNode list
                    && live.get(field.getKey()) instanceof ArrayNode old
                    && !ListKeys.of(field.getKey(), MissingNode.getInstance()).isEmpty()) {
                patchElements(old, list, ListKeys.of(field.getKey(), MissingNode.getInstance()));
            } else {
                live.set(field.getKey(), value.deepCopy());
            }
        }
    }

    private static void patchElements(ArrayNode live, ArrayNode patch, List<String> keys) {
        for (JsonNode element : patch) {
            if (find(live, element, keys) instanceof ObjectNode old && element instanceof ObjectNode object) {
                patch(old, object, true);
            } else {
                live.add(element.deepCopy());
            }
        }
    }

    /**
     * A server-side apply that wins every conflict: what is asked for is set; what the same manager asked for before, and
     * nobody asks for any more, is removed.
     *
     * @param live what is there; changed
     * @param asked what the manager asks for
     * @param before what it asked for before; missing for nothing
     * @param others what other managers ask for
     * @param schema of all of these; missing where there is none
     */
    static void apply(
            ObjectNode live,
            ObjectNode asked,
            JsonNode before,
            Collection<? extends JsonNode> others,
            JsonNode schema) {
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            if (!asked.has(field.getKey()) && others.stream().noneMatch(other -> other.has(field.getKey()))) {
                live.remove(field.getKey());
            }
        }
        for (Map.Entry<String, JsonNode> field : asked.properties()) {
            String name = field.getKey();
            JsonNode inside = schemaOf(schema, name);
            List<JsonNode> othersInside =
                    others.stream().map(other -> other.path(name)).toList();
            if (field.getValue() instanceof ObjectNode object) {
                apply(Json.object(live, name), object, before.path(name), othersInside, inside);
            } else if (field.getValue() instanceof ArrayNode list && isMerged(name, inside)) {
                ArrayNode target = live.get(name) instanceof ArrayNode old ? old : live.putArray(name);
                applyElements(target, list, before.path(name), othersInside, name, inside);
            } else {
                live.set(name, field.getValue().deepCopy());
            }
        }
    }

    private static boolean isMerged(String name, JsonNode schema) {
        return !ListKeys.of(name, schema).isEmpty() || ListKeys.isSet(name, schema);
    }

    private static JsonNode schemaOf(JsonNode schema, String field) {
        JsonNode property = schema.path("properties").path(field);
        return property.isMissingNode() ? schema.path("additionalProperties") : property;
    }

    private static void applyElements(
            ArrayNode live, ArrayNode asked, JsonNode before, List<JsonNode> others, String name, JsonNode schema) {
        List<String> keys = ListKeys.of(name, schema);
        for (JsonNode element : before) {
            boolean wanted = !find(asked, element, keys).isMissingNode()
                    || others.stream()
                            .anyMatch(other -> !find(other, element, keys).isMissingNode());
            if (!wanted) {
                remove(live, element, keys);
            }
        }
        for (JsonNode element : asked) {
            JsonNode old = find(live, element, keys);
            if (old instanceof ObjectNode oldObject && element instanceof ObjectNode object) {
                List<JsonNode> othersInside =
                        others.stream().map(other -> find(other, element, keys)).toList();
                apply(oldObject, object, find(before, element, keys), othersInside, schema.path("items"));
            } else if (old.isMissingNode()) {
                live.add(element.deepCopy());
            }
        }
    }

    private static JsonNode find(JsonNode list, JsonNode wanted, List<String> keys) {
        for (JsonNode element : list) {
            if (keys.isEmpty() ? element.equals(wanted) : ListKeys.isSame(keys, element, wanted)) {
                return element;
            }
        }
        return MissingNode.getInstance();
    }

    private static void remove(ArrayNode list, JsonNode unwanted, List<String> keys) {
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode element : list) {
            if (!(keys.isEmpty() ? element.equals(unwanted) : ListKeys.isSame(keys, element, unwanted))) {
                kept.add(element);
            }
        }
        list.removeAll();
        list.addAll(kept);
    }
}
