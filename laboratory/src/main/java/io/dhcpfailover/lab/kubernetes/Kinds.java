package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dhcpfailover.api.v1alpha1.ApiGroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds that the API serves: those of this project, from the CustomResourceDefinitions that ship, and what an operator needs. */
final class Kinds {

    private static final String FOLDER = "/io/dhcpfailover/api/manifests/";
    private static final String BUILT_IN = "kinds.yaml";
    private static final List<String> OWN =
            List.of("dhcpservers", "dhcpscopes", "dhcpfailoverrelationships", "dhcpfailoveractions");

    private final List<Kind> kinds = new ArrayList<>();
    private final List<ObjectNode> definitions = new ArrayList<>();

    Kinds() {
        for (String plural : OWN) {
            ObjectNode definition = (ObjectNode) read(ApiGroup.class, FOLDER + plural + "." + ApiGroup.NAME + ".yaml");
            definitions.add(definition);
            kinds.add(own(definition));
        }
        read(Kinds.class, BUILT_IN).forEach(kind -> kinds.add(builtIn(kind)));
    }

    private static JsonNode read(Class<?> beside, String name) {
        try (InputStream file = beside.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the file " + name + " was not built");
            }
            return Json.YAML.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Kind own(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        JsonNode names = spec.path("names");
        JsonNode version = spec.path("versions").path(0);
        return new Kind(
                spec.path("group").asText(),
                version.path("name").asText(),
                names.path("plural").asText(),
                names.path("kind").asText(),
                true,
                true,
                texts(names.path("shortNames")),
                texts(names.path("categories")),
                columns(version.path("additionalPrinterColumns")),
                version.path("schema").path("openAPIV3Schema"));
    }

    private static Kind builtIn(JsonNode kind) {
        String apiVersion = kind.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        return new Kind(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                kind.path("plural").asText(),
                kind.path("kind").asText(),
                !kind.path("cluster").asBoolean(),
                true,
                texts(kind.path("shortNames")),
                List.of(),
                kind.has("columns") ? columns(kind.path("columns")) : List.of(Column.AGE),
                MissingNode.getInstance());
    }

    private static List<Column> columns(JsonNode list) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : list) {
            columns.add(new Column(
                    column.path("name").asText(),
                    column.path("type").asText(),
                    column.path("jsonPath").asText(),
                    column.path("priority").asInt()));
        }
        return List.copyOf(columns);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    /** The definitions of this project's kinds. */
    List<ObjectNode> definitions() {
        return definitions;
    }

    /** The kind that a path names. */
    Optional<Kind> find(String group, String version, String plural) {
        return stream()
                .filter(kind -> kind.group().equals(group)
                        && kind.version().equals(version)
                        && kind.plural().equals(plural))
                .findFirst();
    }

    /** The kind of this name, which is in no two groups but that of events. */
    Kind named(String kind) {
        return stream().filter(each -> each.kind().equals(kind)).findFirst().orElseThrow();
    }

    Stream<Kind> stream() {
        return kinds.stream();
    }
}
