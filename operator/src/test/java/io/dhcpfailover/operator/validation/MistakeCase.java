package io.dhcpfailover.operator.validation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.value.DurationFormat;
import io.dhcpfailover.operator.report.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A case of mistakes.yaml.
 *
 * @param name as a sentence
 * @param declarations all objects, the mistake among them
 * @param surroundings what the cluster has besides
 * @param wrong the object that is to blame, as kind namespace/name
 * @param reason of its condition
 * @param other the object that it does not go with, as kind namespace/name; null where there is none
 * @param message what its condition says, among other things
 * @param serves what is served of those that are not as asked: "as before" or "nothing"
 */
record MistakeCase(
        String name,
        Declarations declarations,
        Surroundings surroundings,
        String wrong,
        String reason,
        @Nullable String other,
        String message,
        Map<String, String> serves) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** An object that was created long before each case. */
    private static final long LONG_AGO = 5;

    private record Asked(
            JsonNode node,
            @Nullable JsonNode before,
            @Nullable JsonNode now) {}

    static List<MistakeCase> all() {
        JsonNode file = file();
        List<MistakeCase> cases = new ArrayList<>();
        file.required("cases").forEach(entry -> cases.add(of(file, entry)));
        return cases;
    }

    /** All objects that run, and no mistake. */
    static Declarations running() {
        return declarations(file(), YAML.createObjectNode());
    }

    /** What the cluster of all cases has. */
    static Surroundings cluster() {
        return surroundings(file(), YAML.createObjectNode());
    }

    private static JsonNode file() {
        try (InputStream file = MistakeCase.class.getResourceAsStream("mistakes.yaml")) {
            return YAML.readTree(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MistakeCase of(JsonNode file, JsonNode entry) {
        return new MistakeCase(
                entry.required("name").asText(),
                declarations(file, entry),
                surroundings(file, entry),
                entry.required("wrong").asText(),
                entry.required("reason").asText(),
                entry.path("other").asText(null),
                entry.required("message").asText(),
                YAML.convertValue(entry.required("serves"), new TypeReference<Map<String, String>>() {}));
    }

    private static Surroundings surroundings(JsonNode file, JsonNode entry) {
        Set<String> nodes = new HashSet<>();
        (entry.has("nodes") ? entry : file).required("nodes").forEach(node -> nodes.add(node.asText()));
        Map<ObjectKey, Map<String, Integer>> secrets = new HashMap<>();
        file.required("secrets")
                .properties()
                .forEach(secret -> secrets.put(
                        new ObjectKey("Secret", "dhcp", secret.getKey()),
                        YAML.convertValue(secret.getValue(), new TypeReference<Map<String, Integer>>() {})));
        Map<ObjectKey, Duration> clocks = new HashMap<>();
        entry.path("clocks")
                .properties()
                .forEach(clock -> clocks.put(
                        new ObjectKey("DhcpServer", "dhcp", clock.getKey()),
                        DurationFormat.parse(clock.getValue().asText())));
        return new Surroundings(nodes, secrets, clocks);
    }

    private static Declarations declarations(JsonNode file, JsonNode entry) {
        Map<ObjectKey, Asked> objects = new LinkedHashMap<>();
        for (JsonNode from : new JsonNode[] {file.required("running"), entry.path("running")}) {
            from.forEach(node -> objects.put(key(node), new Asked(node, node.required("spec"), node.required("spec"))));
        }
        entry.path("apply").forEach(node -> {
            Asked old = objects.get(key(node));
            JsonNode before = old == null ? null : old.before;
            JsonNode now = node.get("spec");
            if (node.has("change") && before != null) {
                now = merged(before, node.required("change"));
            }
            objects.put(key(node), new Asked(old == null ? node : old.node, before, now));
        });
        return new Declarations(
                declared(objects, "DhcpServer", DhcpServerSpec.class),
                declared(objects, "DhcpFailoverRelationship", DhcpFailoverRelationshipSpec.class),
                declared(objects, "DhcpScope", DhcpScopeSpec.class));
    }

    private static <S> List<Declared<S>> declared(Map<ObjectKey, Asked> objects, String kind, Class<S> type) {
        List<Declared<S>> declared = new ArrayList<>();
        objects.forEach((key, asked) -> {
            if (key.kind().equals(kind)) {
                declared.add(new Declared<>(
                        key,
                        asked.now == null ? null : YAML.convertValue(asked.now, type),
                        Instant.ofEpochSecond(asked.node.path("created").asLong(LONG_AGO)),
                        asked.before == null ? null : YAML.convertValue(asked.before, type)));
            }
        });
        return declared;
    }

    private static ObjectKey key(JsonNode node) {
        return new ObjectKey(
                node.required("kind").asText(),
                node.path("namespace").asText("dhcp"),
                node.required("name").asText());
    }

    /** RFC 7396: null removes, objects merge, anything else replaces. */
    private static JsonNode merged(JsonNode target, JsonNode patch) {
        ObjectNode merged = target.deepCopy();
        patch.properties().forEach(change -> {
            JsonNode old = merged.get(change.getKey());
            if (change.getValue().isNull()) {
                merged.remove(change.getKey());
            } else if (change.getValue().isObject() && old instanceof ObjectNode) {
                merged.set(change.getKey(), merged(old, change.getValue()));
            } else {
                merged.set(change.getKey(), change.getValue());
            }
        });
        return merged;
    }

    @Override
    public String toString() {
        return name;
    }
}
