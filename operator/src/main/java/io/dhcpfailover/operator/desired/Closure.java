package io.dhcpfailover.operator.desired;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes out of a configuration what refers to something that is not in it; a server would refuse the whole for it. */
final class Closure {

    private Closure() {}

    /** What is left. */
    static SortedMap<String, Item> of(Map<String, Item> items) {
        SortedMap<String, Item> whole = new TreeMap<>(items);
        while (whole.values().removeIf(item -> !whole.keySet().containsAll(references(item)))) {}
        return whole;
    }

    /** The keys of what an item cannot be without. */
    static List<String> references(Item item) {
        List<String> keys = new ArrayList<>();
        switch (item.kind()) {
            case ServerConfiguration.RELATIONSHIP -> {
                add(keys, ServerConfiguration.SERVER, item.reference("primaryServer"));
                add(keys, ServerConfiguration.SERVER, item.reference("secondaryServer"));
                if (Item.spec(item.manifest()).get("messageAuthentication") instanceof Map<?, ?> authentication
                        && !Boolean.FALSE.equals(authentication.get("enabled"))
                        && authentication.get("secretRef") instanceof Map<?, ?> secret
                        && secret.get("name") instanceof String name) {
                    add(keys, ServerConfiguration.SECRET, name);
                }
            }
            case ServerConfiguration.SCOPE -> {
                add(keys, ServerConfiguration.SERVER, item.reference("server"));
                add(keys, ServerConfiguration.RELATIONSHIP, item.reference("failoverRelationship"));
            }
            default -> {
                // A server and a Secret stand by themselves.
            }
        }
        return keys;
    }

    private static void add(List<String> keys, String kind, String name) {
        if (!name.isEmpty()) {
            keys.add(Item.key(kind, name));
        }
    }
}
