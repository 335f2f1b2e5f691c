package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.value.ObjectName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An object that passed the schema.
 *
 * @param file that it stands in
 * @param id by which there is one of it
 * @param hash of its spec as it was written
 * @param content as the schema gives it back
 */
record ManifestObject(String file, Id id, String hash, Map<String, Object> content) {

    /** The namespace of objects that do not say one. */
    static final String DEFAULT_NAMESPACE = "default";

    /** What the API server knows an object by. */
    record Id(String kind, String namespace, String name) {

        static Id of(Map<String, Object> manifest) {
            Map<String, Object> metadata = Values.object(manifest, "metadata");
            String namespace = Values.text(metadata, "namespace");
            return new Id(
                    Values.text(manifest, "kind"),
                    namespace.isEmpty() ? DEFAULT_NAMESPACE : namespace,
                    Values.text(metadata, "name"));
        }

        /** Kind and name, with the namespace where it is not the usual one. */
        @Override
        public String toString() {
            String prefix = namespace.equals(DEFAULT_NAMESPACE) ? "" : namespace + "/";
            return kind + " " + prefix + (name.isEmpty() ? "without a name" : name);
        }
    }

    Manifest<DhcpServerSpec> asServer() {
        return manifest(SpecReader.server(spec()));
    }

    Manifest<DhcpFailoverRelationshipSpec> asRelationship() {
        return manifest(SpecReader.relationship(spec()));
    }

    Manifest<DhcpScopeSpec> asScope() {
        return manifest(ScopeReader.scope(spec()));
    }

    Map<String, Object> spec() {
        return Values.object(content, "spec");
    }

    private <S> Manifest<S> manifest(S spec) {
        Object generation = Values.object(content, "metadata").get("generation");
        return new Manifest<>(
                new ObjectName(id.name()),
                generation instanceof Long number && number > 0 ? number : number(spec()),
                hash,
                spec);
    }

    Problem problem(String message) {
        return new Problem(file, id.toString(), message);
    }

    /** From 1 to 2^63 - 1. */
    private static long number(Map<String, Object> spec) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Values.json(sorted(spec)).getBytes(StandardCharsets.UTF_8));
            return Math.max(1, ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object sorted(Object value) {
        if (value instanceof Map) {
            Map<String, Object> fields = new TreeMap<>();
            for (Map.Entry<String, Object> field : Values.object(value).entrySet()) {
                fields.put(field.getKey(), sorted(field.getValue()));
            }
            return fields;
        }
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>(list.size());
            for (Object element : list) {
                elements.add(sorted(element));
            }
            return elements;
        }
        return value;
    }
}
