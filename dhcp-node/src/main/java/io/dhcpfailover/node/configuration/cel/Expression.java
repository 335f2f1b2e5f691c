package io.dhcpfailover.node.configuration.cel;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A validation rule, ready to be evaluated. Immutable. */
public final class Expression {

    private final Node root;
    private final Set<String> names;

    private Expression(Node root, Set<String> names) {
        this.root = root;
        this.names = names;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException when it is not one, or uses what this package does not know; the message says
     *     what and where
     */
    public static Expression parse(String text) {
        Parser parser = new Parser(text);
        Node root = parser.parse();
        return new Expression(root, parser.names());
    }

    /** Whether it mentions a variable or a field of this name. */
    public boolean mentions(String name) {
        return names.contains(name);
    }

    /**
     * Whether the expression holds.
     *
     * @param variables by name
     * @throws EvaluationException when it is neither true nor false
     */
    public boolean holds(Map<String, Object> variables) {
        @Nullable Variables scope = null;
        for (Map.Entry<String, Object> variable : variables.entrySet()) {
            scope = new Variables(scope, variable.getKey(), variable.getValue());
        }
        if (scope == null) {
            throw new IllegalArgumentException("an expression without variables says nothing");
        }
        return Operators.truth(root.evaluate(scope));
    }
}
