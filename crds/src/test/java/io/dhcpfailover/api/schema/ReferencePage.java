package io.dhcpfailover.api.schema;

import io.dhcpfailover.api.testing.ManifestCase;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.SelectableField;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of a kind in {@code docs/api}: every field, default and limit, every rule, and an example. */
final class ReferencePage {

    private final StringBuilder page = new StringBuilder();

    private ReferencePage() {}

    /** The page in Markdown. */
    static String of(CustomResourceDefinition crd) {
        ReferencePage page = new ReferencePage();
        page.write(crd);
        return page.page.toString();
    }

    private void write(CustomResourceDefinition crd) {
        CustomResourceDefinitionVersion version = crd.getSpec().getVersions().getFirst();
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        String kind = crd.getSpec().getNames().getKind();
        line("<!-- Generated from the Java types in crds; see CONTRIBUTING.md. -->");
        line("# " + kind);
        line(root.getDescription());
        line("");
        line("`%s/%s`, namespaced, `kubectl get %s`."
                .formatted(
                        crd.getSpec().getGroup(),
                        version.getName(),
                        crd.getSpec().getNames().getShortNames().getFirst()));
        line("");
        line("```yaml");
        page.append(ManifestCase.example(kind));
        line("```");
        section("spec", root);
        rules(root);
        section("status", root);
        columns(version);
    }

    private void section(String name, JSONSchemaProps root) {
        JSONSchemaProps schema = Objects.requireNonNull(root.getProperties().get(name), name);
        line("");
        line("## " + name);
        line(schema.getDescription() + (name.equals("spec") ? " **Bold** fields are required." : ""));
        line("");
        line("| field | type | default | limits | meaning |");
        line("| --- | --- | --- | --- | --- |");
        fields("", schema);
    }

    private void fields(String path, JSONSchemaProps object) {
        object.getProperties().forEach((name, schema) -> {
            String field = path + name;
            JSONSchemaProps value = isList(schema) ? schema.getItems().getSchema() : schema;
            line("| %s | %s | %s | %s | %s |"
                    .formatted(
                            object.getRequired().contains(name) ? "**`" + field + "`**" : "`" + field + "`",
                            type(schema),
                            schema.getDefault() == null ? "" : "`" + defaultOf(schema) + "`",
                            cell(limits(schema, value)),
                            cell(Objects.requireNonNullElse(schema.getDescription(), ""))));
            // What Kubernetes itself defines is in its own reference.
            if (value.getProperties() != null && isOurs(value)) {
                fields(field + (isList(schema) ? "[]." : "."), value);
            }
        });
    }

    private static boolean isOurs(JSONSchemaProps object) {
        return object.getProperties().values().stream().anyMatch(property -> property.getDescription() != null);
    }

    private static boolean isList(JSONSchemaProps schema) {
        return "array".equals(schema.getType());
    }

    private static String defaultOf(JSONSchemaProps schema) {
        return schema.getDefault().isTextual()
                ? schema.getDefault().asText()
                : schema.getDefault().toString();
    }

    private static String type(JSONSchemaProps schema) {
        if (isList(schema)) {
            return "list of " + type(schema.getItems().getSchema());
        }
        return schema.getFormat() == null ? schema.getType() : schema.getFormat();
    }

    private static String limits(JSONSchemaProps schema, JSONSchemaProps value) {
        List<String> limits = new ArrayList<>();
        if (isList(schema)) {
            limits.add("at most " + schema.getMaxItems());
            if ("map".equals(schema.getXKubernetesListType())) {
                limits.add("each " + String.join(", ", schema.getXKubernetesListMapKeys()) + " once");
            } else if ("set".equals(schema.getXKubernetesListType())) {
                limits.add("each once");
            }
        }
        if (value.getEnum() != null && !value.getEnum().isEmpty()) {
            limits.add(value.getEnum().stream()
                    .map(constant -> "`" + constant.asText() + "`")
                    .collect(Collectors.joining(", ")));
        }
        if (value.getMinimum() != null) {
            limits.add(
                    value.getMaximum() == null
                            ? "at least " + value.getMinimum().longValue()
                            : value.getMinimum().longValue() + " to "
                                    + value.getMaximum().longValue());
        }
        if (value.getMaxLength() != null && messages(value).isEmpty()) {
            limits.add("at most " + value.getMaxLength() + " characters");
        }
        limits.addAll(messages(value));
        return String.join("; ", limits);
    }

    private static List<String> messages(JSONSchemaProps schema) {
        return schema.getXKubernetesValidations().stream()
                .map(ValidationRule::getMessage)
                .toList();
    }

    private void rules(JSONSchemaProps root) {
        List<String> messages =
                messages(Objects.requireNonNull(root.getProperties().get("spec"), "spec"));
        if (!messages.isEmpty()) {
            line("");
            line("### Rules");
            messages.forEach(message -> line("- " + message));
        }
    }

    private void columns(CustomResourceDefinitionVersion version) {
        line("");
        line("## kubectl");
        line("Columns: %s; with `-o wide` also %s.".formatted(columns(version, 0), columns(version, 1)));
        line("Field selectors: %s."
                .formatted(version.getSelectableFields().stream()
                        .map(SelectableField::getJsonPath)
                        .map(path -> "`" + path.substring(1) + "`")
                        .collect(Collectors.joining(", "))));
    }

    private static String columns(CustomResourceDefinitionVersion version, int priority) {
        return version.getAdditionalPrinterColumns().stream()
                .filter(column -> column.getPriority() == priority)
                .map(CustomResourceColumnDefinition::getName)
                .collect(Collectors.joining(", "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    private void line(@Nullable String text) {
        page.append(Objects.requireNonNullElse(text, "")).append('\n');
    }
}
