package io.dhcpfailover.operator.validation;

import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.Condition.Status;
import io.dhcpfailover.api.v1alpha1.DhcpResource;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import io.dhcpfailover.operator.report.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object as somebody applied it, and as it was when it was last valid.
 *
 * @param key which object
 * @param spec what is asked; null where the object is deleted, and what it asked before still runs
 * @param createdAt when it was created: of two that want the same, the older one has it
 * @param lastValid what it asked when it was last valid, so what runs; null where it never was
 * @param <S> what is asked of such an object
 */
public record Declared<S>(
        ObjectKey key,
        @Nullable S spec,
        Instant createdAt,
        @Nullable S lastValid) {

    /**
     * An object of the cluster.
     *
     * @param conditions of its status: where they say that it is valid as it stands, it was
     * @param lastValid what it asked when it was last valid; null where nobody remembers
     */
    public static <S> Declared<S> of(DhcpResource<S, ?> object, List<Condition> conditions, @Nullable S lastValid) {
        Condition valid = Conditions.find(conditions, ConditionType.ConfigurationValid);
        boolean stands = valid != null
                && valid.status() == Status.True
                && Objects.equals(
                        valid.observedGeneration(), object.getMetadata().getGeneration());
        String created = object.getMetadata().getCreationTimestamp();
        return new Declared<>(
                ObjectKey.of(object),
                object.getSpec(),
                created == null ? Instant.EPOCH : Instant.parse(created),
                stands ? object.getSpec() : lastValid);
    }

    /** Where it stands when two want the same: first what runs as it is, then what was changed, then what is new. */
    int rank() {
        if (lastValid == null) {
            return 2;
        }
        return spec == null || lastValid.equals(spec) ? 0 : 1;
    }
}
