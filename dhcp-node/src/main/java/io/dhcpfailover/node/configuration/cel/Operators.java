package io.dhcpfailover.node.configuration.cel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What CEL's operators do. */
final class Operators {

    private Operators() {}

    static boolean truth(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw noSuchOverload();
    }

    static EvaluationException noSuchOverload() {
        return new EvaluationException("no such overload");
    }

    /** The deciding value where any node has it, otherwise the failure of the first that failed, otherwise the other. */
    static boolean decide(List<Node> nodes, Variables variables, boolean deciding) {
        @Nullable EvaluationException failure = null;
        for (Node node : nodes) {
            try {
                if (truth(node.evaluate(variables)) == deciding) {
                    return deciding;
                }
            } catch (EvaluationException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return !deciding;
    }

    static Object entry(Object container, Object key) {
        if (container instanceof Map<?, ?> map) {
            Object value = map.get(key);
            if (value == null) {
                throw new EvaluationException("no such key: " + key);
            }
            return value;
        }
        if (container instanceof List<?> list && key instanceof Long index) {
            if (index < 0 || index >= list.size()) {
                throw new EvaluationException("index out of bounds: " + index);
            }
            return list.get(index.intValue());
        }
        throw noSuchOverload();
    }

    static void insert(Map<Object, Object> map, Object key, Object value) {
        if (map.putIfAbsent(key, value) != null) {
            throw new EvaluationException("insert failed: key " + key + " already exists");
        }
    }

    static Object apply(String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "<" -> compare(left, right) < 0;
            case "<=" -> compare(left, right) <= 0;
            case ">" -> compare(left, right) > 0;
            case ">=" -> compare(left, right) >= 0;
            case "in" -> contains(right, left);
            default -> arithmetic(operator, left, right);
        };
    }

    private static boolean equal(Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b && left.getClass() != right.getClass()) {
            return Double.compare(a.doubleValue(), b.doubleValue()) == 0;
        }
        return left.equals(right);
    }

    private static int compare(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return a.compareTo(b);
        }
        if (left instanceof Number a && right instanceof Number b) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (left instanceof String a && right instanceof String b) {
            return a.compareTo(b);
        }
        if (left instanceof Instant a && right instanceof Instant b) {
            return a.compareTo(b);
        }
        throw noSuchOverload();
    }

    private static boolean contains(Object container, Object wanted) {
        if (container instanceof Map<?, ?> map) {
            return map.containsKey(wanted);
        }
        if (container instanceof List<?> list) {
            for (Object element : list) {
                if (equal(element, wanted)) {
                    return true;
                }
            }
            return false;
        }
        throw noSuchOverload();
    }

    private static Object arithmetic(String operator, Object left, Object right) {
        if (operator.equals("+") && left instanceof String a && right instanceof String b) {
            return a.concat(b);
        }
        if (!(left instanceof Long a) || !(right instanceof Long b)) {
            throw noSuchOverload();
        }
        try {
            return switch (operator) {
                case "+" -> Math.addExact(a, b);
                case "-" -> Math.subtractExact(a, b);
                case "*" -> Math.multiplyExact(a, b);
                case "/" -> Math.divideExact(a, b);
                default -> a % b;
            };
        } catch (ArithmeticException e) {
            throw new EvaluationException(b == 0 ? "division by zero" : "integer overflow");
        }
    }
}
