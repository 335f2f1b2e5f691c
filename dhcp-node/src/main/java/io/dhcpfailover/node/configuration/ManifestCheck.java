package io.dhcpfailover.node.configuration;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server says of an object of this project's kinds, for whoever stands in for an API server: structure, defaults,
 * rules, and the policy that the definitions come with.
 */
public final class ManifestCheck {

    private final ManifestSchema schema = new ManifestSchema();

    /**
     * An object, checked.
     *
     * @param json with defaults, without status and unknown fields; of no use where there are problems
     * @param problems everything that is wrong with it, each with its field, as the API server says it
     */
    public record Checked(String json, List<String> problems) {}

    /**
     * Checks an object.
     *
     * @param json with its kind, one of this project's
     * @param old the same object before, as it was checked; null where it is new
     * @throws IllegalArgumentException when a text is not one object of JSON
     */
    public Checked check(String json, @Nullable String old) {
        ManifestSchema.Checked checked = schema.check(read(json), old == null ? null : read(old));
        return new Checked(Values.json(checked.object()), checked.problems());
    }

    private static Map<String, Object> read(String json) {
        List<Object> documents = JsonReader.read(json);
        if (documents.size() != 1 || !(documents.getFirst() instanceof Map)) {
            throw new IllegalArgumentException("one object is expected");
        }
        return Values.object(documents.getFirst());
    }
}
