package io.dhcpfailover.node.configuration;

import io.dhcpfailover.node.configuration.cel.RegularExpressions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a value to the structure of a schema, in the API server's words, and gives it back with defaults and without
 * what the schema does not know.
 */
final class StructuralCheck {

    private final List<String> problems;
    private boolean rulesCanBeChecked = true;

    /** A check that adds what it finds to the list. */
    StructuralCheck(List<String> problems) {
        this.problems = problems;
    }

    /** Whether the value is sound enough for the rules, which rely on types and bounds. */
    boolean rulesCanBeChecked() {
        return rulesCanBeChecked;
    }

    /** The value, with defaults and without unknown fields. */
    Object check(Schema schema, Object value, String path) {
        if (!isOfType(schema, value)) {
            String type = schema.isIntOrString() ? "integer,string" : schema.type();
            String shown = "\"" + Values.type(value) + "\"";
            problem(path, "Invalid value: " + shown + ": " + path + " in body must be of type " + type + ": " + shown);
            rulesCanBeChecked = false;
            return value;
        }
        if (!schema.enumeration().isEmpty() && !schema.enumeration().contains(value)) {
            List<String> allowed =
                    schema.enumeration().stream().map(Values::json).toList();
            problem(
                    path,
                    "Unsupported value: " + Values.json(value) + ": supported values: " + String.join(", ", allowed));
            rulesCanBeChecked = false;
        }
        if (value instanceof Map) {
            return checkObject(schema, Values.object(value), path);
        }
        if (value instanceof List<?> list) {
            return checkList(schema, list, path);
        }
        if (value instanceof String text) {
            checkText(schema, text, path);
        }
        if (value instanceof Number number) {
            return checkNumber(schema, number, path);
        }
        return value;
    }

    private static boolean isOfType(Schema schema, Object value) {
        String type = Values.type(value);
        if (schema.isIntOrString()) {
            return type.equals("integer") || type.equals("string");
        }
        boolean whole = value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 0x1p53;
        return schema.type().equals(type)
                || (schema.type().equals("integer") && whole)
                || (schema.type().equals("number") && type.equals("integer"));
    }

    private Map<String, Object> checkObject(Schema schema, Map<String, Object> object, String path) {
        Map<String, Object> checked = new LinkedHashMap<>();
        Schema values = schema.additionalProperties();
        for (Map.Entry<String, Object> field : object.entrySet()) {
            Schema property = schema.properties().getOrDefault(field.getKey(), values);
            String fieldPath = path(path, field.getKey());
            if (property == null) {
                problems.add("unknown field \"" + fieldPath + "\"");
            } else if (!Values.isNull(field.getValue()) || !property.keywords().containsKey("default")) {
                checked.put(field.getKey(), check(property, field.getValue(), fieldPath));
            }
        }
        for (Map.Entry<String, Schema> property : schema.properties().entrySet()) {
            Object byDefault = property.getValue().keywords().get("default");
            if (byDefault != null && !checked.containsKey(property.getKey())) {
                checked.put(property.getKey(), check(property.getValue(), byDefault, path(path, property.getKey())));
            }
        }
        for (String required : schema.required()) {
            if (!checked.containsKey(required)) {
                problem(path(path, required), "Required value");
                rulesCanBeChecked = false;
            }
        }
        checkSize(schema, object.size(), "Properties", path);
        return checked;
    }

    private List<Object> checkList(Schema schema, List<?> list, String path) {
        checkSize(schema, list.size(), "Items", path);
        List<Object> checked = new ArrayList<>(list.size());
        Set<Object> seen = new HashSet<>();
        List<String> keys = schema.mapKeys();
        Schema items = schema.items();
        for (int i = 0; i < list.size(); i++) {
            String elementPath = path + "[" + i + "]";
            Object element = items == null ? list.get(i) : check(items, list.get(i), elementPath);
            checked.add(element);
            Object identity = keys.isEmpty() ? element : keyOf(keys, element);
            if ((schema.isSet() || !keys.isEmpty()) && !seen.add(identity)) {
                problem(elementPath, "Duplicate value: " + Values.json(identity));
            }
        }
        return checked;
    }

    private static Object keyOf(List<String> keys, Object element) {
        Map<String, Object> key = new LinkedHashMap<>();
        if (element instanceof Map) {
            for (String name : keys) {
                Object value = Values.object(element).get(name);
                if (value != null) {
                    key.put(name, value);
                }
            }
        }
        return key;
    }

    private void checkSize(Schema schema, int size, String of, String path) {
        Long most = schema.limit("max" + of);
        Long least = schema.limit("min" + of);
        if (most != null && size > most) {
            problem(path, "Too many: " + size + ": must have at most " + most + " items");
            rulesCanBeChecked = false;
        }
        if (least != null && size < least) {
            problem(
                    path,
                    "Invalid value: " + size + ": " + path + " in body should have at least " + least
                            + (of.equals("Items") ? " items" : " properties"));
        }
    }

    private void checkText(Schema schema, String text, String path) {
        int length = text.codePointCount(0, text.length());
        Long most = schema.limit("maxLength");
        Long least = schema.limit("minLength");
        if (most != null && length > most) {
            problem(path, "Too long: may not be more than " + most + " bytes");
            rulesCanBeChecked = false;
            return;
        }
        if (least != null && length < least) {
            invalid(path, text, "should be at least " + least + " chars long");
        }
        if (schema.keywords().get("pattern") instanceof String pattern
                && !RegularExpressions.compile(pattern).matcher(text).find()) {
            invalid(path, text, "should match '" + pattern + "'");
        }
    }

    private Number checkNumber(Schema schema, Number number, String path) {
        Number checked = schema.type().equals("integer") ? (Number) number.longValue() : number;
        Long most = schema.limit("maximum");
        Long least = schema.limit("minimum");
        if (most != null && checked.doubleValue() > most) {
            invalid(path, checked, "should be less than or equal to " + most);
        }
        if (least != null && checked.doubleValue() < least) {
            invalid(path, checked, "should be greater than or equal to " + least);
        }
        if ("int32".equals(schema.keywords().get("format")) && checked.longValue() != checked.intValue()) {
            invalid(path, checked, "must be of type int32: " + Values.json(checked));
        }
        return checked;
    }

    private void invalid(String path, Object value, String why) {
        problem(path, "Invalid value: " + Values.json(value) + ": " + path + " in body " + why);
    }

    private void problem(String path, String what) {
        problems.add(path + ": " + what);
    }

    private static String path(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
