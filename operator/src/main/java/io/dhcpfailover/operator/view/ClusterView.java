package io.dhcpfailover.operator.view;

import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.node.Wish;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.validation.Judgements;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All objects at a time.
 *
 * @param namespaces what each namespace has
 * @param judgements what is to be thought of each object
 * @param wishes what each server is to hold
 * @param awaited scopes that each server does not get yet, by their keys in its configuration, and what for
 */
public record ClusterView(
        Map<String, NamespaceObjects> namespaces,
        Judgements judgements,
        Map<ObjectKey, Wish> wishes,
        Map<ObjectKey, SortedMap<String, String>> awaited) {

    /** Copies the maps. */
    public ClusterView {
        namespaces = Map.copyOf(namespaces);
        wishes = Map.copyOf(wishes);
        awaited = Map.copyOf(awaited);
    }

    /** What a server waits for before it gets an item as it is asked; null for nothing. */
    public @Nullable String awaited(ObjectKey server, String item) {
        SortedMap<String, String> own = awaited.get(server);
        return own == null ? null : own.get(item);
    }

    /** What a namespace has; null where it has nothing. */
    public @Nullable NamespaceObjects namespace(String name) {
        return namespaces.get(name);
    }

    /** What a namespace has, be it nothing. */
    public NamespaceObjects namespaceOrEmpty(String name) {
        NamespaceObjects objects = namespaces.get(name);
        return objects == null
                ? new NamespaceObjects(name, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), Map.of(), Map.of())
                : objects;
    }
}
