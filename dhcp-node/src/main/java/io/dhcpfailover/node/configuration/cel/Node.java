package io.dhcpfailover.node.configuration.cel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of an expression that has a value. */
interface Node {

    /**
     * Its value.
     *
     * @throws EvaluationException when it has none
     */
    Object evaluate(Variables variables);

    /** A value as it is written. */
    record Literal(Object value) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            return value;
        }
    }

    /** A variable. */
    record Name(String name) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            return variables.get(name);
        }
    }

    /** A field of an object. */
    record Select(Node operand, String field) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            return Operators.entry(operand.evaluate(variables), field);
        }
    }

    /** Whether an object has a field. */
    record Has(Node operand, String field) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            return operand.evaluate(variables) instanceof Map<?, ?> map && map.containsKey(field);
        }
    }

    /** An element of a list or a map. */
    record Index(Node operand, Node key) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            return Operators.entry(operand.evaluate(variables), key.evaluate(variables));
        }
    }

    /** A list of values. */
    record ListLiteral(List<Node> elements) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            return Node.values(elements, variables);
        }
    }

    /** A map of values. */
    record MapLiteral(List<Node> keys, List<Node> values) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                Operators.insert(
                        map, keys.get(i).evaluate(variables), values.get(i).evaluate(variables));
            }
            return map;
        }
    }

    /** One of two values. */
    record Conditional(Node condition, Node then, Node otherwise) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            return Operators.truth(condition.evaluate(variables))
                    ? then.evaluate(variables)
                    : otherwise.evaluate(variables);
        }
    }

    /** The contrary. */
    record Not(Node operand) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            return !Operators.truth(operand.evaluate(variables));
        }
    }

    /** Both hold. One that does not hold decides, also where the other has no value. */
    record And(Node left, Node right) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            return Operators.decide(List.of(left, right), variables, false);
        }
    }

    /** Either holds. One that holds decides, also where the other has no value. */
    record Or(Node left, Node right) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            return Operators.decide(List.of(left, right), variables, true);
        }
    }

    /** An operator between two values. */
    record Binary(String operator, Node left, Node right) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            return Operators.apply(operator, left.evaluate(variables), right.evaluate(variables));
        }
    }

    /** A function of its arguments. */
    record Call(String function, List<Node> arguments) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            return Functions.call(function, Node.values(arguments, variables));
        }
    }

    /** A method of its first argument. */
    record Method(String method, List<Node> arguments) implements Node {
        @Override
        public Object evaluate(Variables variables) {
            return Functions.callMethod(method, Node.values(arguments, variables));
        }
    }

    private static List<Object> values(List<Node> nodes, Variables variables) {
        List<Object> values = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            values.add(node.evaluate(variables));
        }
        return values;
    }
}
