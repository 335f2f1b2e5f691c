package io.dhcpfailover.operator.report;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;

/**
 * Which object.
 *
 * @param kind such as DhcpScope
 * @param namespace that it is in
 * @param name of it there
 */
public record ObjectKey(String kind, String namespace, String name) implements Comparable<ObjectKey> {

    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::kind)
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    /** The key of an object. */
    public static ObjectKey of(HasMetadata object) {
        return new ObjectKey(
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName());
    }

    /** As people say it who are in a namespace: with its own where that is another. */
    public String from(String otherNamespace) {
        return kind + " " + name + (namespace.equals(otherNamespace) ? "" : " of the namespace " + namespace);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }
}
