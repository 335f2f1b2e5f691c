package io.dhcpfailover.operator.desired;

import io.dhcpfailover.api.node.ContentHash;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import java.util.List;
import java.util.Map;

/**
 * One object of a server's configuration.
 *
 * @param kind such as DhcpScope
 * @param name of it
 * @param manifest as it is sent: an object of JSON, unmodifiable
 * @param hash of its spec, as a server reports it
 */
public record Item(String kind, String name, Map<String, Object> manifest, String hash) {

    private static final String SECRET = "Secret";

    /** The kind and the name, by which a server's problems name an object. */
    public String key() {
        return key(kind, name);
    }

    /** The kind and the name of an object. */
    public static String key(String kind, String name) {
        return kind + "/" + name;
    }

    /**
     * An item of a manifest that a server holds.
     *
     * @throws IllegalArgumentException where it is no manifest
     */
    public static Item ofHeld(Map<String, Object> manifest) {
        if (manifest.get("kind") instanceof String kind
                && manifest.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("name") instanceof String name) {
            return new Item(kind, name, manifest, ContentHash.ofSpec(spec(manifest)));
        }
        throw new IllegalArgumentException("a manifest without kind or metadata.name");
    }

    /** What is asked of a scope. */
    public static Item of(DhcpScope scope) {
        return Manifests.scope(scope);
    }

    /** Its spec. */
    public Map<String, Object> spec() {
        return spec(manifest);
    }

    /** The spec of a manifest; empty where it has none. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> spec(Map<String, Object> manifest) {
        return manifest.get("spec") instanceof Map<?, ?> spec ? (Map<String, Object>) spec : Map.of();
    }

    /** A Secret that a server holds, of which nobody else knows any more what is in it. */
    public static Item unknownSecret(String name) {
        return new Item(SECRET, name, Map.of(), "");
    }

    /** Whether it is such a Secret, which cannot be sent. */
    public boolean isUnknown() {
        return manifest.isEmpty();
    }

    /** Whether it is a Secret. */
    public boolean isSecret() {
        return kind.equals(SECRET);
    }

    /** The names of the Secrets that it cannot be without. */
    public List<String> secrets() {
        String prefix = key(SECRET, "");
        return Closure.references(this).stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .toList();
    }

    /** What another object of its spec it names in a field; empty where it names none. */
    String reference(String field) {
        return spec(manifest).get(field) instanceof String text ? text : "";
    }
}
