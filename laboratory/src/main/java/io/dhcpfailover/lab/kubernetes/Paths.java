package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JSON paths that printer columns and field selectors have: fields, places in lists, and elements by a field's value. */
final class Paths {

    private static final Pattern STEP = Pattern.compile(
            "\\.(?<field>[A-Za-z0-9_-]+)|\\[(?<place>[0-9]+)]|\\[\\?\\(@\\.(?<key>[A-Za-z]+)==\"(?<value>[^\"]*)\"\\)]");

    private Paths() {}

    /** What is there; missing where nothing is. */
    static JsonNode find(JsonNode object, String path) {
        Matcher step = STEP.matcher(path);
        JsonNode found = object;
        int end = 0;
        while (step.find()) {
            if (step.start() != end) {
                throw new IllegalArgumentException("the path " + path + " is not understood");
            }
            end = step.end();
            found = next(found, step);
        }
        return found;
    }

    private static JsonNode next(JsonNode from, Matcher step) {
        if (step.group("field") != null) {
            return from.path(step.group("field"));
        }
        if (step.group("place") != null) {
            return from.path(Integer.parseInt(step.group("place")));
        }
        for (JsonNode element : from) {
            if (element.path(step.group("key")).asText().equals(step.group("value"))) {
                return element;
            }
        }
        return MissingNode.getInstance();
    }
}
