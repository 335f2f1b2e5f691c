package io.dhcpfailover.operator.desired;

import io.dhcpfailover.api.v1alpha1.ApiGroup;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpResource;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.operator.report.ObjectKey;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The items of scopes and relationships, each made once for as long as its object says the same: there may be thousands of
 * them, and they are looked at with each change of any. Not for several threads.
 */
public final class Items {

    /** All that an item is made of: what is asked has another generation when it is another. */
    private record Version(
            @Nullable String uid,
            @Nullable Long generation,
            @Nullable String laboratory) {}

    private record Made(Version version, Item item) {}

    private final Map<ObjectKey, Made> made = new HashMap<>();

    /** Of a scope. */
    Item of(DhcpScope scope) {
        return of(scope, Manifests::scope);
    }

    /** Of a relationship. */
    Item of(DhcpFailoverRelationship relationship) {
        return of(relationship, Manifests::relationship);
    }

    private <T extends DhcpResource<?, ?>> Item of(T object, Function<T, Item> make) {
        ObjectMeta metadata = object.getMetadata();
        Map<String, String> annotations = metadata.getAnnotations();
        Version version = new Version(
                metadata.getUid(),
                metadata.getGeneration(),
                annotations == null ? null : annotations.get(ApiGroup.LAB_ANNOTATION));
        if (version.generation == null) {
            return make.apply(object);
        }
        return made.compute(
                        ObjectKey.of(object),
                        (key, before) -> before != null && before.version.equals(version)
                                ? before
                                : new Made(version, make.apply(object)))
                .item;
    }

    /** Forgets all others. */
    public void retain(Set<ObjectKey> objects) {
        made.keySet().retainAll(objects);
    }
}
