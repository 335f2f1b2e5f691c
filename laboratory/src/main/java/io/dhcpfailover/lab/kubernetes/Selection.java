package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which objects a list or a watch is about.
 *
 * @param kind what they are
 * @param namespace where they are; empty for everywhere
 * @param wanted by labels and fields
 */
record Selection(Kind kind, String namespace, Predicate<JsonNode> wanted) {

    private static final Pattern SET = Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)\\s*");
    private static final Pattern BETWEEN = Pattern.compile(",(?![^(]*\\))");

    static Selection of(Kind kind, String namespace, String labels, String fields) {
        List<Predicate<JsonNode>> all = new ArrayList<>();
        parts(labels).forEach(part -> all.add(label(part)));
        parts(fields).forEach(part -> all.add(field(part)));
        return new Selection(kind, namespace, object -> all.stream().allMatch(predicate -> predicate.test(object)));
    }

    boolean matches(Key key, JsonNode object) {
        return key.kind().equals(kind)
                && (namespace.isEmpty() || namespace.equals(key.namespace()))
                && wanted.test(object);
    }

    private static List<String> parts(String selector) {
        return selector.isBlank() ? List.of() : Arrays.asList(BETWEEN.split(selector, -1));
    }

    private static Predicate<JsonNode> label(String part) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            List<String> values = Arrays.stream(set.group(3).split(",", -1))
                    .map(String::strip)
                    .toList();
            boolean in = set.group(2).equals("in");
            return object -> values.contains(labels(object).path(set.group(1)).asText(null)) == in;
        }
        int unequal = part.indexOf("!=");
        int equal = part.indexOf('=');
        if (unequal > 0) {
            String name = part.substring(0, unequal).strip();
            String value = part.substring(unequal + 2).strip();
            return object -> !labels(object).path(name).asText().equals(value);
        }
        if (equal > 0) {
            String name = part.substring(0, equal).strip();
            String value = part.substring(part.lastIndexOf('=') + 1).strip();
            return object -> labels(object).has(name)
                    && labels(object).path(name).asText().equals(value);
        }
        String name = part.strip();
        return name.startsWith("!")
                ? object -> !labels(object).has(name.substring(1))
                : object -> labels(object).has(name);
    }

    private static Predicate<JsonNode> field(String part) {
        boolean differs = part.contains("!=");
        String path = part.substring(0, part.indexOf(differs ? "!=" : "="));
        String value = part.substring(part.lastIndexOf('=') + 1);
        return object -> Paths.find(object, "." + path).asText().equals(value) != differs;
    }

    private static JsonNode labels(JsonNode object) {
        return object.path("metadata").path("labels");
    }
}
