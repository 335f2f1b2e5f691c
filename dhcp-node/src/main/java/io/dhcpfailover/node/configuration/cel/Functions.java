package io.dhcpfailover.node.configuration.cel;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The functions and methods of CEL and of Kubernetes' library that rules use, by their names. */
final class Functions {

    /** How many arguments each function takes. */
    private static final Map<String, Integer> FUNCTIONS = Map.of(
            "int", 1, "timestamp", 1, "isIP", 1, "ip", 1, "isCIDR", 1, "cidr", 1, "isURL", 1, "url", 1, "size", 1);

    /** How many arguments each method takes at least and at most, besides what it is a method of. */
    private static final Map<String, List<Integer>> METHODS = Map.ofEntries(
            Map.entry("size", List.of(0, 0)),
            Map.entry("sum", List.of(0, 0)),
            Map.entry("matches", List.of(1, 1)),
            Map.entry("findAll", List.of(1, 1)),
            Map.entry("startsWith", List.of(1, 1)),
            Map.entry("endsWith", List.of(1, 1)),
            Map.entry("lowerAscii", List.of(0, 0)),
            Map.entry("replace", List.of(2, 2)),
            Map.entry("split", List.of(1, 2)),
            Map.entry("substring", List.of(1, 2)),
            Map.entry("family", List.of(0, 0)),
            Map.entry("isUnspecified", List.of(0, 0)),
            Map.entry("ip", List.of(0, 0)),
            Map.entry("prefixLength", List.of(0, 0)),
            Map.entry("masked", List.of(0, 0)),
            Map.entry("getHostname", List.of(0, 0)));

    private Functions() {}

    static boolean isFunction(String name, int arguments) {
        return Objects.equals(FUNCTIONS.get(name), arguments);
    }

    static boolean isMethod(String name, int arguments) {
        List<Integer> counts = METHODS.get(name);
        return counts != null && arguments >= counts.getFirst() && arguments <= counts.getLast();
    }

    static Object call(String name, List<Object> arguments) {
        Object argument = arguments.getFirst();
        if (name.equals("size")) {
            return size(argument);
        }
        if (name.equals("int") && argument instanceof Long number) {
            return number;
        }
        if (!(argument instanceof String text)) {
            throw Operators.noSuchOverload();
        }
        return switch (name) {
            case "int" -> number(text);
            case "timestamp" -> timestamp(text);
            case "isIP" -> IpAddress.parse(text) != null;
            case "ip" -> required(IpAddress.parse(text), "IP Address", text);
            case "isCIDR" -> IpNetwork.parse(text) != null;
            case "cidr" -> required(IpNetwork.parse(text), "CIDR", text);
            case "isURL" -> Url.parse(text) != null;
            default -> required(Url.parse(text), "URL", text);
        };
    }

    // No switch over types here and below: the first one of a process costs its start more than all rules together.
    static Object callMethod(String name, List<Object> arguments) {
        Object receiver = arguments.getFirst();
        if (receiver instanceof String text) {
            return Texts.call(name, text, arguments.subList(1, arguments.size()));
        }
        if (receiver instanceof IpAddress address && name.equals("family")) {
            return address.family();
        }
        if (receiver instanceof IpAddress address && name.equals("isUnspecified")) {
            return address.isUnspecified();
        }
        if (receiver instanceof IpNetwork network) {
            return ofNetwork(name, network);
        }
        if (receiver instanceof List<?> list && name.equals("sum")) {
            return sum(list);
        }
        if (receiver instanceof Url url && name.equals("getHostname")) {
            return url.hostname();
        }
        if (name.equals("size")) {
            return size(receiver);
        }
        throw Operators.noSuchOverload();
    }

    private static Object ofNetwork(String name, IpNetwork network) {
        return switch (name) {
            case "ip" -> network.address();
            case "prefixLength" -> (long) network.length();
            case "masked" -> network.masked();
            default -> throw Operators.noSuchOverload();
        };
    }

    private static <T> T required(@Nullable T value, String what, String text) {
        if (value == null) {
            throw new EvaluationException(what + " '" + text + "' parse error");
        }
        return value;
    }

    private static long size(Object value) {
        if (value instanceof String text) {
            return text.codePointCount(0, text.length());
        }
        if (value instanceof Collection<?> list) {
            return list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        throw Operators.noSuchOverload();
    }

    private static long sum(List<?> list) {
        long sum = 0;
        for (Object element : list) {
            sum = (Long) Operators.apply("+", sum, element);
        }
        return sum;
    }

    private static Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new EvaluationException("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }

    private static Object timestamp(String text) {
        try {
            return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
        } catch (DateTimeException e) {
            throw new EvaluationException("'" + text + "' is not a time");
        }
    }
}
