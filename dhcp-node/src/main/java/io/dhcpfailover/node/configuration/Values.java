package io.dhcpfailover.node.configuration;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values of a document: {@link #NULL}, {@link Boolean}, {@link Long}, {@link Double}, {@link String},
 * {@link List} and {@link Map} with texts as keys.
 */
final class Values {

    /** The value null. */
    static final Object NULL = Null.NULL;

    private Values() {}

    private enum Null {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }

    static boolean isNull(Object value) {
        return value.equals(NULL);
    }

    /** What JSON calls such a value. */
    static String type(Object value) {
        if (value instanceof Map) {
            return "object";
        }
        if (value instanceof List) {
            return "array";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        return isNull(value) ? "null" : value instanceof Long ? "integer" : "number";
    }

    /** A value that is an object, by its fields. */
    @SuppressWarnings("unchecked") // The readers of documents make maps with texts as keys only.
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    /** The field of an object that is itself one; empty where it is absent or is something else. */
    static Map<String, Object> object(Map<String, Object> parent, String field) {
        return parent.get(field) instanceof Map<?, ?> map ? object(map) : Map.of();
    }

    /** The field of an object that is a text; empty where it is absent or is something else. */
    static String text(Map<String, Object> parent, String field) {
        return parent.get(field) instanceof String text ? text : "";
    }

    /** The value in JSON. */
    static String json(Object value) {
        StringBuilder json = new StringBuilder();
        append(json, value);
        return json.toString();
    }

    private static void append(StringBuilder json, Object value) {
        if (value instanceof Map) {
            char before = '{';
            for (Map.Entry<String, Object> field : object(value).entrySet()) {
                json.append(before);
                append(json, field.getKey());
                json.append(':');
                append(json, field.getValue());
                before = ',';
            }
            json.append(before == '{' ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            char before = '[';
            for (Object element : list) {
                json.append(before);
                append(json, element);
                before = ',';
            }
            json.append(before == '[' ? "[]" : "]");
        } else if (value instanceof String text) {
            json.append('"')
                    .append(JsonStringEncoder.getInstance().quoteAsString(text))
                    .append('"');
        } else {
            json.append(value);
        }
    }

    /** Names as a person reads them: in order, with commas; or that there is none. */
    static String listed(Set<String> names) {
        return names.isEmpty() ? "there is none" : "there is " + String.join(", ", names);
    }
}
