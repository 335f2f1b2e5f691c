package io.dhcpfailover.node.configuration;

import io.dhcpfailover.node.configuration.cel.EvaluationException;
import io.dhcpfailover.node.configuration.cel.Expression;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A validation rule of a schema. Its expression is read when it is first needed. */
final class Rule {

    private static final String OLD = "oldSelf";

    private final String text;
    private final String message;
    private final String fieldPath;
    private @Nullable Expression expression;

    Rule(String text, String message, String fieldPath) {
        this.text = text;
        this.message = message;
        this.fieldPath = fieldPath;
    }

    /** The rules of a schema's definition. */
    static List<Rule> of(Map<String, Object> definition) {
        if (!(definition.get("x-kubernetes-validations") instanceof List<?> rules)) {
            return List.of();
        }
        return rules.stream()
                .map(rule -> Values.object(rule))
                .map(rule -> new Rule(
                        Values.text(rule, "rule"), Values.text(rule, "message"), Values.text(rule, "fieldPath")))
                .toList();
    }

    /** Whether it compares with what was before. */
    boolean isTransition() {
        return expression().mentions(OLD);
    }

    /** The expression. */
    Expression expression() {
        Expression read = expression;
        if (read == null) {
            read = Expression.parse(text);
            expression = read;
        }
        return read;
    }

    /** What it says of a value, as the API server says it; null where the value keeps it. */
    @Nullable String refusal(String path, Object self, @Nullable Object old) {
        if (old == null && isTransition()) {
            return null;
        }
        String shown = "Invalid value: "
                + (self instanceof Map || self instanceof List ? "\"" + Values.type(self) + "\"" : Values.json(self))
                + ": ";
        try {
            boolean kept = expression().holds(old == null ? Map.of("self", self) : Map.of("self", self, OLD, old));
            return kept ? null : path(path + fieldPath) + shown + message;
        } catch (EvaluationException e) {
            return path(path) + shown + e.getMessage() + " evaluating rule: " + message;
        }
    }

    private static String path(String path) {
        return path.isEmpty() ? "<nil>: " : path + ": ";
    }
}
