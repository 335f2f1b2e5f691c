package io.dhcpfailover.lab.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the chart installs for some values, in the namespace {@code dhcp-system} and under the name {@code test}. */
record Rendered(List<JsonNode> objects) {

    static final Path CHART = Path.of("../charts/dhcp-failover-operator");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** With these values, each by its path; fails with what Helm says. */
    static Rendered of(Map<String, Object> values) {
        TemplateCommand template = withoutNamespaces();
        values.forEach(template::set);
        return rendered(template);
    }

    /** With a file of values of this text. */
    static Rendered ofValues(String yaml) {
        return ofValues(withoutNamespaces(), yaml);
    }

    /**
     * The same, and the namespaces that it creates. Needs a cluster: other than Helm itself, its library asks one which there
     * are, also where nothing is installed.
     */
    static Rendered withNamespaces(String yaml) {
        return ofValues(template(), yaml);
    }

    private static Rendered ofValues(TemplateCommand template, String yaml) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            try {
                Files.writeString(file, yaml);
                return rendered(template.withValuesFile(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TemplateCommand withoutNamespaces() {
        return template().set("createNamespaces", false);
    }

    /** Without a cluster to ask, Helm takes a version of its own for granted, which the chart refuses. */
    private static TemplateCommand template() {
        return new Helm(CHART)
                .template()
                .withName("test")
                .withNamespace("dhcp-system")
                .withKubeVersion("1.33.0");
    }

    private static Rendered rendered(TemplateCommand template) {
        return new Rendered(documents(Objects.requireNonNullElse(template.call(), "")));
    }

    /** The objects of a text with several documents, with what stands for an anchor in its place. */
    static List<JsonNode> documents(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            if (document instanceof Map) {
                documents.add(MAPPER.valueToTree(document));
            }
        }
        return documents;
    }

    /** All objects of a kind. */
    List<JsonNode> ofKind(String kind) {
        return objects.stream()
                .filter(object -> object.required("kind").asText().equals(kind))
                .toList();
    }

    /** The only object of a kind. */
    JsonNode only(String kind) {
        List<JsonNode> found = ofKind(kind);
        if (found.size() != 1) {
            throw new AssertionError("not one " + kind + " but " + found);
        }
        return found.getFirst();
    }

    /** The object of a kind with this name. */
    JsonNode named(String kind, String name) {
        return ofKind(kind).stream()
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }
}
