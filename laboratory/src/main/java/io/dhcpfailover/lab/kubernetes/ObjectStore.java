package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All objects, each change of them in order. What is in it is never changed: whoever changes an object puts another one. */
final class ObjectStore {

    /** Changes that a watch can begin before: those of minutes of a laboratory. */
    private static final int CHANGES_MAX = 20_000;

    private final Map<Key, ObjectNode> objects = new TreeMap<>(Comparator.<Key, String>comparing(
                    key -> key.kind().apiVersion() + "/" + key.kind().plural())
            .thenComparing(Key::namespace)
            .thenComparing(Key::name));
    private final Map<Key, Map<String, ObjectNode>> applied = new HashMap<>();
    private final Deque<Change> changes = new ArrayDeque<>();
    private long version;

    synchronized @Nullable ObjectNode get(Key key) {
        return objects.get(key);
    }

    /**
     * All that match, and the version at which they do.
     *
     * @param version from which a watch goes on
     * @param objects by namespace and name
     */
    record Listed(long version, List<ObjectNode> objects) {}

    synchronized Listed list(Selection selection) {
        List<ObjectNode> found = new ArrayList<>();
        objects.forEach((key, object) -> {
            if (selection.matches(key, object)) {
                found.add(object);
            }
        });
        return new Listed(version, found);
    }

    /** The objects of every kind that match nothing in particular: their keys, for a look at owners. */
    synchronized List<Map.Entry<Key, ObjectNode>> all() {
        return objects.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Puts an object, with its new version. */
    synchronized ObjectNode put(Key key, ObjectNode object) {
        version++;
        Json.object(object, "metadata").put("resourceVersion", Long.toString(version));
        changed(new Change(version, key, objects.put(key, object), object));
        return object;
    }

    synchronized @Nullable ObjectNode remove(Key key) {
        applied.remove(key);
        ObjectNode before = objects.remove(key);
        if (before != null) {
            version++;
            changed(new Change(version, key, before, null));
        }
        return before;
    }

    private void changed(Change change) {
        changes.add(change);
        if (changes.size() > CHANGES_MAX) {
            changes.remove();
        }
        notifyAll();
    }

    /** What each manager applied last to an object. */
    synchronized Map<String, ObjectNode> applied(Key key) {
        return applied.computeIfAbsent(key, ignored -> new HashMap<>());
    }

    /**
     * The changes after a version; waits until there is one, or the time is over.
     *
     * @throws ApiException where what followed that version is not known any more
     */
    synchronized List<Change> after(long from, long waitMilliseconds) throws ApiException, InterruptedException {
        await(from, waitMilliseconds);
        if (!changes.isEmpty() && changes.getFirst().version() > from + 1) {
            throw ApiException.expired(from);
        }
        return changes.stream().filter(change -> change.version() > from).toList();
    }

    /** Waits until there is a change after a version, or the time is over; the version then. */
    synchronized long await(long from, long waitMilliseconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMilliseconds);
        long left = waitMilliseconds;
        while (version <= from && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        return version;
    }

    synchronized long version() {
        return version;
    }
}
