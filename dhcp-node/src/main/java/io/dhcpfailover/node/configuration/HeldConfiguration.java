package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.node.ContentHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a server was told to be by its management API, and holds until it is told something newer. Immutable. */
public final class HeldConfiguration {

    private static final String REMOVED = "(not shown)";

    private final long generation;
    private final List<Map<String, Object>> items;
    private final Map<ManifestObject.Id, ManifestObject> objects;
    private final Map<String, Instant> appliedAt;
    private final ServerManifests manifests;
    private final String hash;
    private final String contentHash;

    /**
     * A configuration that was checked.
     *
     * @param items as they were sent
     * @param objects what they are, checked
     * @param appliedAt since when each of them is as it is, by kind and name
     * @param manifests what of it concerns the server
     */
    HeldConfiguration(
            long generation,
            List<Map<String, Object>> items,
            Map<ManifestObject.Id, ManifestObject> objects,
            Map<String, Instant> appliedAt,
            ServerManifests manifests) {
        this.generation = generation;
        this.items = List.copyOf(items);
        this.objects = Map.copyOf(objects);
        this.appliedAt = Map.copyOf(appliedAt);
        this.manifests = manifests;
        this.hash = ContentHash.ofConfiguration(items);
        this.contentHash = ContentHash.ofAll(contentHashes(objects.values()));
    }

    private static Map<String, String> contentHashes(Collection<ManifestObject> objects) {
        Map<String, String> hashes = new TreeMap<>();
        objects.forEach(object -> hashes.put(key(object.id()), contentHash(object)));
        return hashes;
    }

    /** The same for two that ask the same; of a Secret, of what it holds. */
    static String contentHash(ManifestObject object) {
        if (!object.id().kind().equals(RelationshipSecrets.KIND)) {
            return object.hash();
        }
        Map<String, Object> secret = new LinkedHashMap<>(object.content());
        secret.keySet().retainAll(List.of("data", "stringData"));
        return ContentHash.ofSpec(secret);
    }

    /** Kind and name. */
    static String key(ManifestObject.Id id) {
        return id.kind() + "/" + id.name();
    }

    /** Of the whole, 1 or more. */
    public long generation() {
        return generation;
    }

    /** Of the whole: {@link ContentHash#ofConfiguration}. */
    public String hash() {
        return hash;
    }

    /** What of it concerns the server. */
    public ServerManifests manifests() {
        return manifests;
    }

    /** Since when an object of it is as it is; null where there is no such object. */
    public @Nullable Instant appliedAt(String kind, String name) {
        return appliedAt.get(kind + "/" + name);
    }

    boolean saysTheSameAs(HeldConfiguration other) {
        return contentHash.equals(other.contentHash);
    }

    List<Map<String, Object>> items() {
        return items;
    }

    Map<ManifestObject.Id, ManifestObject> objects() {
        return objects;
    }

    Map<String, Instant> appliedAt() {
        return appliedAt;
    }

    /** All of it in JSON, as it was sent, but with nothing of what Secrets hold. */
    public String jsonWithoutSecrets() {
        List<Object> shown = new ArrayList<>();
        for (Map<String, Object> item : items) {
            if (!RelationshipSecrets.KIND.equals(item.get("kind"))) {
                shown.add(item);
                continue;
            }
            Map<String, Object> secret = new LinkedHashMap<>(item);
            secret.replaceAll((field, value) -> switch (field) {
                case "apiVersion", "kind", "type" -> value;
                case "metadata" -> Map.of("name", Values.text(Values.object(item, "metadata"), "name"));
                default -> REMOVED;
            });
            shown.add(secret);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("generation", generation);
        document.put("items", shown);
        return Values.json(document);
    }
}
