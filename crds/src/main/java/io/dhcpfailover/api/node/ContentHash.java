package io.dhcpfailover.api.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A hash of what an object says: equal for two that say the same, whatever the order of their fields. Of a manifest,
 * only its spec counts; a field that is null, or an empty list or object, counts as absent.
 */
public final class ContentHash {

    /** Hexadecimal digits of a hash: 128 bits, which no two specs share by chance. */
    private static final int DIGITS = 32;

    private ContentHash() {}

    /**
     * The hash of a spec.
     *
     * @param spec an object of JSON: of maps with texts as keys, lists, texts, whole numbers and booleans
     * @return 32 hexadecimal digits
     */
    public static String ofSpec(Map<String, ?> spec) {
        StringBuilder canonical = new StringBuilder();
        append(canonical, spec);
        return digest(canonical.toString());
    }

    /**
     * The hash of several objects, whatever their order.
     *
     * @param hashes of each, by its kind and name
     * @return 32 hexadecimal digits
     */
    public static String ofAll(Map<String, String> hashes) {
        StringBuilder all = new StringBuilder();
        new TreeMap<>(hashes)
                .forEach((name, hash) ->
                        all.append(name).append('=').append(hash).append('\n'));
        return digest(all.toString());
    }

    /**
     * The hash of a whole configuration: of the specs of all its objects, and of what its Secrets hold.
     *
     * @param items the manifests
     * @return 32 hexadecimal digits
     */
    public static String ofConfiguration(List<Map<String, Object>> items) {
        Map<String, String> hashes = new TreeMap<>();
        for (Map<String, Object> item : items) {
            String field = "Secret".equals(item.get("kind")) ? "data" : "spec";
            Object name = item.get("metadata") instanceof Map<?, ?> metadata ? metadata.get("name") : null;
            Map<String, Object> content = new TreeMap<>();
            if (item.get(field) instanceof Map<?, ?> fields) {
                fields.forEach((key, value) -> content.put(String.valueOf(key), value));
            }
            hashes.put(item.get("kind") + "/" + name, ofSpec(content));
        }
        return ofAll(hashes);
    }

    private static void append(StringBuilder text, Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                SortedMap<String, Object> fields = new TreeMap<>();
                map.forEach((name, field) -> {
                    if (!isAbsent(field)) {
                        fields.put(String.valueOf(name), field);
                    }
                });
                text.append('{');
                fields.forEach((name, field) -> {
                    append(text, name);
                    append(text, field);
                });
                text.append('}');
            }
            case List<?> list -> {
                text.append('[');
                list.forEach(element -> append(text, element));
                text.append(']');
            }
            // The length tells where a text ends, whatever is in it.
            case String string -> text.append(string.length()).append(':').append(string);
            default -> text.append('<').append(value).append('>');
        }
    }

    private static boolean isAbsent(@Nullable Object field) {
        return switch (field) {
            case null -> true;
            case Map<?, ?> map -> map.values().stream().allMatch(ContentHash::isAbsent);
            case List<?> list -> list.isEmpty();
            default -> "null".equals(field.toString()) && !(field instanceof String);
        };
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
