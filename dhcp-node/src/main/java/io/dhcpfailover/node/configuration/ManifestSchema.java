package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.v1alpha1.ApiGroup;
import io.dhcpfailover.node.configuration.cel.EvaluationException;
import io.dhcpfailover.node.configuration.cel.Expression;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the API server asks of an object of one of the kinds, and says of one that it refuses: the structure of the
 * kind's CustomResourceDefinition, its rules, and the policy that the definitions come with. A kind's definition is
 * read when an object of it is first checked.
 */
final class ManifestSchema {

    /** The kinds of the API. */
    private static final Set<String> KINDS =
            Set.of("DhcpServer", "DhcpScope", "DhcpFailoverRelationship", "DhcpFailoverAction");

    private static final String FOLDER = "/io/dhcpfailover/api/manifests/";
    private static final String NOT_CHECKED =
            "<nil>: Invalid value: \"null\": some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";

    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<String, List<Policy>> policies = new ConcurrentHashMap<>();

    /** An expression that an object of the kind must keep whatever its schema says, and what is said otherwise. */
    private record Policy(Expression expression, String message) {}

    /**
     * An object, checked.
     *
     * @param object with defaults, without status and unknown fields; of no use where there are problems
     * @param problems everything that is wrong with it, each with its field
     */
    record Checked(Map<String, Object> object, List<String> problems) {}

    /** Whether there is such a kind. */
    static boolean isKind(String kind) {
        return KINDS.contains(kind);
    }

    /**
     * Checks an object of one of the kinds.
     *
     * @param manifest with its kind
     * @param old the same object before, checked; null where it is new
     */
    Checked check(Map<String, Object> manifest, @Nullable Map<String, Object> old) {
        String kind = Values.text(manifest, "kind");
        List<String> problems = new ArrayList<>();
        Schema schema = schemas.computeIfAbsent(kind, ManifestSchema::schemaOf);
        Map<String, Object> metadata = Values.object(manifest, "metadata");
        new MetadataCheck(problems).check(metadata);

        // The API server writes the status itself and passes over one that is sent with the rest.
        Map<String, Object> content = new LinkedHashMap<>(manifest);
        content.keySet().removeAll(Set.of("apiVersion", "kind", "metadata", "status"));
        StructuralCheck structure = new StructuralCheck(problems);
        Map<String, Object> object = new LinkedHashMap<>(Values.object(structure.check(schema, content, "")));
        object.put("metadata", metadata);
        if (structure.rulesCanBeChecked() && metadata.get("name") instanceof String) {
            new RuleCheck(problems).check(schema, object, old, "");
            checkPolicies(kind, object, problems);
        } else {
            problems.add(NOT_CHECKED);
        }
        return new Checked(object, Collections.unmodifiableList(problems));
    }

    private void checkPolicies(String kind, Map<String, Object> object, List<String> problems) {
        for (Policy policy : policies.computeIfAbsent(kind, ManifestSchema::policiesOf)) {
            try {
                if (!policy.expression.holds(Map.of("object", object))) {
                    problems.add(policy.message);
                }
            } catch (EvaluationException e) {
                // What it looks at, such as a duration, a rule of the schema has refused already.
                problems.add(policy.message + " (" + e.getMessage() + ")");
            }
        }
    }

    private static String plural(String kind) {
        return kind.toLowerCase(Locale.ROOT) + "s";
    }

    /** The schema of a kind without its status. */
    static Schema schemaOf(String kind) {
        Map<String, Object> definition =
                Values.object(read(plural(kind) + "." + ApiGroup.NAME + ".yaml").getFirst());
        Map<String, Object> spec = Values.object(definition, "spec");
        if (!(spec.get("versions") instanceof List<?> versions)) {
            throw new IllegalStateException("the definition of " + kind + " has no versions");
        }
        Map<String, Object> version = Values.object(versions.getFirst());
        Map<String, Object> schema =
                new LinkedHashMap<>(Values.object(Values.object(version, "schema"), "openAPIV3Schema"));
        Map<String, Object> properties = new LinkedHashMap<>(Values.object(schema, "properties"));
        properties.remove("status");
        schema.put("properties", properties);
        return Schema.of(schema);
    }

    private static List<Policy> policiesOf(String kind) {
        List<Policy> policies = new ArrayList<>();
        for (Object document : read("laboratory." + ApiGroup.NAME + ".yaml")) {
            Map<String, Object> spec = Values.object(Values.object(document), "spec");
            if (isAbout(plural(kind), spec) && spec.get("validations") instanceof List<?> validations) {
                for (Object each : validations) {
                    Map<String, Object> validation = Values.object(each);
                    policies.add(new Policy(
                            Expression.parse(Values.text(validation, "expression")),
                            Values.text(validation, "message")));
                }
            }
        }
        return policies;
    }

    private static boolean isAbout(String plural, Map<String, Object> spec) {
        return Values.object(spec, "matchConstraints").get("resourceRules") instanceof List<?> rules
                && rules.stream()
                        .anyMatch(rule -> Values.object(rule).get("resources") instanceof List<?> resources
                                && resources.contains(plural));
    }

    private static List<Object> read(String name) {
        try (InputStream file = ApiGroup.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("the API's jar does not have " + FOLDER + name);
            }
            return YamlReader.read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
