package io.dhcpfailover.operator.view;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.ResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the cluster's objects, each kind watched once. A kind that nobody watches yet has none. Objects are
 * shared: nobody changes one.
 */
@Singleton
public final class Caches {

    private final Map<Class<?>, ResourceCache<?>> caches = new ConcurrentHashMap<>();

    /** From now on, objects of a kind are found here. */
    public <T extends HasMetadata> void put(Class<T> kind, ResourceCache<T> cache) {
        caches.put(kind, cache);
    }

    /** An object by its name; null where there is none. */
    public <T extends HasMetadata> @Nullable T find(Class<T> kind, @Nullable String namespace, String name) {
        ResourceCache<T> cache = cache(kind);
        return cache == null ? null : cache.get(new ResourceID(name, namespace)).orElse(null);
    }

    /** All of a kind. */
    public <T extends HasMetadata> List<T> all(Class<T> kind) {
        ResourceCache<T> cache = cache(kind);
        return cache == null ? List.of() : cache.list().toList();
    }

    @SuppressWarnings("unchecked")
    private <T extends HasMetadata> @Nullable ResourceCache<T> cache(Class<T> kind) {
        return (ResourceCache<T>) caches.get(kind);
    }
}
