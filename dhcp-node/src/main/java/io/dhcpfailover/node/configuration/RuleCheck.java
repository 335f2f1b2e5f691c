package io.dhcpfailover.node.configuration;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds a value to the rules of a schema. */
final class RuleCheck {

    private final List<String> problems;

    /** A check that adds what it finds to the list. */
    RuleCheck(List<String> problems) {
        this.problems = problems;
    }

    /**
     * Checks a value and all that it has.
     *
     * @param old what it was before; null where it is new or cannot be told, and then rules about the change are not
     *     held, as the API server does it
     */
    void check(Schema schema, Object value, @Nullable Object old, String path) {
        for (Rule rule : schema.rules()) {
            String refusal = rule.refusal(path, value, old);
            if (refusal != null) {
                problems.add(refusal);
            }
        }
        if (value instanceof Map<?, ?> object) {
            for (Map.Entry<String, Object> field : Values.object(object).entrySet()) {
                Schema property = schema.properties().getOrDefault(field.getKey(), schema.additionalProperties());
                if (property != null) {
                    Object oldField = old instanceof Map<?, ?> map ? map.get(field.getKey()) : null;
                    check(
                            property,
                            field.getValue(),
                            oldField,
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey());
                }
            }
        }
        Schema items = schema.items();
        if (value instanceof List<?> list && items != null) {
            for (int i = 0; i < list.size(); i++) {
                check(items, list.get(i), null, path + "[" + i + "]");
            }
        }
    }
}
