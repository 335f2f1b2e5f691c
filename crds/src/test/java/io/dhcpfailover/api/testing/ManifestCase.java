package io.dhcpfailover.api.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A manifest, and what whoever reads it must say to it: the API server, and a server that reads it from a folder.
 *
 * @param kind of the object
 * @param name of the case, as a sentence
 * @param manifest to create
 * @param update what the created object is changed to; null where the case is about creation
 * @param refused what the refusal must say; null where the manifest, or its change, is accepted
 */
public record ManifestCase(
        String kind,
        String name,
        JsonNode manifest,
        @Nullable JsonNode update,
        @Nullable String refused) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR));
    private static final List<String> KINDS =
            List.of("DhcpServer", "DhcpScope", "DhcpFailoverRelationship", "DhcpFailoverAction");

    /** Every case of every kind. */
    public static List<ManifestCase> all() {
        return KINDS.stream().flatMap(ManifestCase::of).toList();
    }

    /** The example of a kind that its page shows: every case starts from its spec. */
    public static String example(String kind) {
        try {
            return YAML.writeValueAsString(manifest(kind, file(kind), YAML.createObjectNode()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<ManifestCase> of(String kind) {
        JsonNode file = file(kind);
        List<ManifestCase> cases = new ArrayList<>();
        cases.add(new ManifestCase(kind, "the example", manifest(kind, file, YAML.createObjectNode()), null, null));
        for (JsonNode entry : file.required("cases")) {
            ObjectNode manifest = manifest(kind, file, entry);
            JsonNode change = entry.get("update");
            JsonNode update = change == null ? null : merged(manifest, change);
            JsonNode refused = entry.get("refused");
            cases.add(new ManifestCase(
                    kind,
                    entry.required("name").asText(),
                    manifest,
                    update,
                    refused == null ? null : refused.asText()));
        }
        return cases.stream();
    }

    private static JsonNode file(String kind) {
        try (InputStream file = ManifestCase.class.getResourceAsStream(kind + ".yaml")) {
            return YAML.readTree(Objects.requireNonNull(file, kind));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode manifest(String kind, JsonNode file, JsonNode entry) {
        ObjectNode manifest = YAML.createObjectNode();
        manifest.put("apiVersion", "dhcpfailover.io/v1alpha1").put("kind", kind);
        manifest.set(
                "metadata",
                YAML.createObjectNode().put("name", file.required("example").asText()));
        if (entry.has("replaceSpec")) {
            manifest.set("spec", entry.get("replaceSpec"));
        } else {
            manifest.set("spec", file.required("spec").deepCopy());
        }
        if (entry.has("change")) {
            return merged(manifest, entry.get("change"));
        }
        return manifest;
    }

    /** RFC 7396: null removes, objects merge, anything else replaces. */
    private static ObjectNode merged(ObjectNode target, JsonNode patch) {
        ObjectNode merged = target.deepCopy();
        patch.properties().forEach(change -> {
            JsonNode old = merged.get(change.getKey());
            if (change.getValue().isNull()) {
                merged.remove(change.getKey());
            } else if (change.getValue().isObject()) {
                ObjectNode base = old instanceof ObjectNode object ? object : YAML.createObjectNode();
                merged.set(change.getKey(), merged(base, change.getValue()));
            } else {
                merged.set(change.getKey(), change.getValue());
            }
        });
        return merged;
    }

    @Override
    public String toString() {
        return kind + ": " + name;
    }
}
