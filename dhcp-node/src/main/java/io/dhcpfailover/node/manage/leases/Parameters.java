package io.dhcpfailover.node.manage.leases;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a question is asked with: texts by their names. What is wrong with one is said with its name. */
final class Parameters {

    private final Map<String, String> given;

    /** @throws IllegalArgumentException where there are others than those that are known */
    Parameters(Map<String, String> given, Collection<String> known) {
        this.given = given;
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        name + " is not known here: give some of " + String.join(", ", known));
            }
        }
    }

    /** The value of a parameter; null where it is absent or empty. */
    <T> @Nullable T get(String name, Function<String, T> reader) {
        String text = given.get(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /** How many are wanted. */
    int limit(int otherwise) {
        Integer limit = get("limit", text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "' is no number", e);
            }
        });
        return limit == null ? otherwise : limit;
    }
}
