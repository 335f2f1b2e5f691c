package io.dhcpfailover.node.configuration.cel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is said of each element of a list, or each key of a map. */
final class Macro {

    private static final Set<String> NAMES = Set.of("all", "exists_one", "map", "transformMapEntry");

    private Macro() {}

    static boolean isMacro(String name) {
        return NAMES.contains(name);
    }

    static Node of(String name, Node list, List<Node> arguments, Function<String, IllegalArgumentException> refused) {
        boolean twoVariables = name.equals("transformMapEntry");
        if (arguments.size() != (twoVariables ? 4 : 2)
                || !(arguments.getFirst() instanceof Node.Name variable)
                || (twoVariables && !(arguments.get(1) instanceof Node.Name))) {
            throw refused.apply(name + " needs " + (twoVariables ? "two variables, a condition" : "a variable")
                    + " and an expression");
        }
        return switch (name) {
            case "all" -> new All(list, variable.name(), arguments.get(1));
            case "exists_one" -> new ExistsOne(list, variable.name(), arguments.get(1));
            case "map" -> new Transform(list, variable.name(), arguments.get(1));
            default ->
                new TransformMapEntry(
                        list,
                        variable.name(),
                        ((Node.Name) arguments.get(1)).name(),
                        arguments.get(2),
                        arguments.get(3));
        };
    }

    private static Iterable<?> elements(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet();
        }
        throw Operators.noSuchOverload();
    }

    /** Whether it holds for each. One for which it does not decides, also where others have no value. */
    private record All(Node list, String name, Node condition) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            @Nullable EvaluationException failure = null;
            for (Object element : elements(list.evaluate(variables))) {
                try {
                    if (!Operators.truth(condition.evaluate(variables.with(name, element)))) {
                        return false;
                    }
                } catch (EvaluationException e) {
                    failure = failure == null ? e : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
            return true;
        }
    }

    /** Whether it holds for one and no more. */
    private record ExistsOne(Node list, String name, Node condition) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            int count = 0;
            for (Object element : elements(list.evaluate(variables))) {
                count += Operators.truth(condition.evaluate(variables.with(name, element))) ? 1 : 0;
            }
            return count == 1;
        }
    }

    /** A value for each. */
    private record Transform(Node list, String name, Node transform) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            List<Object> values = new ArrayList<>();
            for (Object element : elements(list.evaluate(variables))) {
                values.add(transform.evaluate(variables.with(name, element)));
            }
            return values;
        }
    }

    /** One map of the entries that each element of a list gives; each key may come once. */
    private record TransformMapEntry(Node list, String index, String name, Node condition, Node transform)
            implements Node {
        @Override
        public Object evaluate(Variables variables) {
            if (!(list.evaluate(variables) instanceof List<?> elements)) {
                throw Operators.noSuchOverload();
            }
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < elements.size(); i++) {
                Variables inner = variables.with(index, (long) i).with(name, elements.get(i));
                if (Operators.truth(condition.evaluate(inner))) {
                    if (!(transform.evaluate(inner) instanceof Map<?, ?> map)) {
                        throw Operators.noSuchOverload();
                    }
                    for (Map.Entry<?, ?> entry : map.entrySet()) {
                        Operators.insert(entries, entry.getKey(), entry.getValue());
                    }
                }
            }
            return entries;
        }
    }
}
