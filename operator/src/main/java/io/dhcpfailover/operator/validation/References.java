package io.dhcpfailover.operator.validation;

import io.dhcpfailover.operator.report.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of an object that is named and does not exist. */
final class References {

    /** More names than this help nobody. */
    private static final int NAMES_MAX = 8;

    private References() {}

    /**
     * There is none of this name: whether there is one elsewhere, or which ones there are.
     *
     * @param field that names it
     * @param wanted which object that would be
     * @param all of its kind that exist
     */
    static String unknown(String field, ObjectKey wanted, Collection<ObjectKey> all) {
        List<String> elsewhere = all.stream()
                .filter(key ->
                        key.name().equals(wanted.name()) && !key.namespace().equals(wanted.namespace()))
                .map(ObjectKey::namespace)
                .sorted()
                .toList();
        if (!elsewhere.isEmpty()) {
            return field + ": the " + wanted.kind() + " " + wanted.name() + " is in the namespace "
                    + elsewhere.getFirst()
                    + ", and this needs one of the namespace " + wanted.namespace()
                    + ": create everything that belongs together in one namespace";
        }
        return field + ": there is no " + wanted.kind() + " " + wanted.name() + " in the namespace "
                + wanted.namespace() + " (" + names(wanted.namespace(), all) + "): name one of these, or add it";
    }

    private static String names(String namespace, Collection<ObjectKey> all) {
        List<String> names = all.stream()
                .filter(key -> key.namespace().equals(namespace))
                .map(ObjectKey::name)
                .sorted()
                .toList();
        if (names.isEmpty()) {
            return "it has none";
        }
        return names.stream().limit(NAMES_MAX).collect(Collectors.joining(", "))
                + (names.size() > NAMES_MAX ? " and " + (names.size() - NAMES_MAX) + " more" : "");
    }
}
