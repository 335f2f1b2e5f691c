package io.dhcpfailover.operator.writing;

import io.dhcpfailover.operator.report.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Applies what should be where it is not so. What was applied once is applied again when it should be otherwise, or when
 * somebody else changed it since.
 */
@Singleton
public final class Applier {

    private record Applied(
            HasMetadata desired,
            @Nullable String uid,
            @Nullable Long generation) {}

    private final Map<ObjectKey, Applied> applied = new ConcurrentHashMap<>();

    /**
     * Makes an object so.
     *
     * @param desired all that the operator says of it
     * @param present it as it is; null where it does not exist
     */
    public void apply(Context<?> context, HasMetadata desired, @Nullable HasMetadata present) {
        ObjectKey key = ObjectKey.of(desired);
        Applied last = applied.get(key);
        if (last != null
                && present != null
                && last.desired().equals(desired)
                && Objects.equals(last.uid(), present.getMetadata().getUid())
                && Objects.equals(last.generation(), present.getMetadata().getGeneration())) {
            return;
        }
        HasMetadata result = last == null && present != null && isSo(context, desired, present)
                ? present
                : context.resourceOperations().serverSideApply(desired);
        applied.put(
                key,
                new Applied(
                        desired,
                        result.getMetadata().getUid(),
                        result.getMetadata().getGeneration()));
    }

    /** Whether another operator, or this one before it was started again, has applied the same, and all of it is there. */
    private static boolean isSo(Context<?> context, HasMetadata desired, HasMetadata present) {
        return SSABasedGenericKubernetesResourceMatcher.<HasMetadata>getInstance()
                .matches(present, desired, context);
    }

    /** An object is no more, or not the operator's any more. */
    public void forget(ObjectKey key) {
        applied.remove(key);
    }
}
