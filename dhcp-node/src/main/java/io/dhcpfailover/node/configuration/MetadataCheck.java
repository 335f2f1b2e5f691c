package io.dhcpfailover.node.configuration;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds the metadata of an object to what the API server asks of any. */
final class MetadataCheck {

    private static final Set<String> FIELDS = Set.of(
            "annotations",
            "creationTimestamp",
            "deletionGracePeriodSeconds",
            "deletionTimestamp",
            "finalizers",
            "generateName",
            "generation",
            "labels",
            "managedFields",
            "name",
            "namespace",
            "ownerReferences",
            "resourceVersion",
            "selfLink",
            "uid");

    private static final int NAME_LENGTH_MAX = 253;
    private static final int LABEL_LENGTH_MAX = 63;
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final Pattern IS_LABEL = Pattern.compile(LABEL);
    private static final Pattern IS_SUBDOMAIN = Pattern.compile(SUBDOMAIN);

    private final List<String> problems;

    /** A check that adds what it finds to the list. */
    MetadataCheck(List<String> problems) {
        this.problems = problems;
    }

    void check(Map<String, Object> metadata) {
        for (String field : metadata.keySet()) {
            if (!FIELDS.contains(field)) {
                problems.add("unknown field \"metadata." + field + "\"");
            }
        }
        checkName(metadata.get("name"));
        if (metadata.containsKey("namespace")) {
            checkNamespace(metadata.get("namespace"));
        }
        checkTexts(metadata, "annotations");
        checkTexts(metadata, "labels");
        Object generation = metadata.getOrDefault("generation", 0L);
        if (!(generation instanceof Long number) || number < 0) {
            problems.add("metadata.generation: Invalid value: " + Values.json(generation)
                    + ": must be a number from 0 on: remove it, the API server sets it");
        }
    }

    private void checkName(@Nullable Object name) {
        if (name == null || name.equals("")) {
            problems.add("metadata.name: Required value: name or generateName is required");
        } else if (!(name instanceof String text)
                || text.length() > NAME_LENGTH_MAX
                || !IS_SUBDOMAIN.matcher(text).matches()) {
            problems.add("metadata.name: Invalid value: " + Values.json(name)
                    + ": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                    + " and must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                    + " validation is '" + SUBDOMAIN + "')");
        }
    }

    private void checkNamespace(Object namespace) {
        if (!(namespace instanceof String text)
                || text.length() > LABEL_LENGTH_MAX
                || !IS_LABEL.matcher(text).matches()) {
            problems.add("metadata.namespace: Invalid value: " + Values.json(namespace)
                    + ": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must"
                    + " start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                    + " validation is '" + LABEL + "')");
        }
    }

    private void checkTexts(Map<String, Object> metadata, String field) {
        Object texts = metadata.getOrDefault(field, Map.of());
        if (!(texts instanceof Map<?, ?> map)) {
            problems.add("metadata." + field + ": Invalid value: \"" + Values.type(texts)
                    + "\": must be names and texts, such as example.org/team: network");
            return;
        }
        map.forEach((name, text) -> {
            if (!(text instanceof String)) {
                problems.add("metadata." + field + "." + name + ": Invalid value: " + Values.json(text)
                        + ": must be a text: put it in quotes");
            }
        });
    }
}
