package io.dhcpfailover.operator.report;

import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.Condition.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of an object, as they follow from those before: a time of transition moves only with its status. */
public final class Conditions {

    private final List<Condition> before;
    private final Instant now;
    private final @Nullable Long generation;
    private final List<Condition> list = new ArrayList<>();

    /**
     * None yet.
     *
     * @param before what the object's status has
     * @param now the time of a status that changes
     * @param generation of the object that is looked at; null where it has none
     */
    public Conditions(List<Condition> before, Instant now, @Nullable Long generation) {
        this.before = List.copyOf(before);
        this.now = now;
        this.generation = generation;
    }

    /** Says one that holds or does not. */
    public Conditions set(ConditionType type, boolean holds, String reason, String message) {
        return set(type, holds ? Status.True : Status.False, reason, message);
    }

    /** Says one of which it may not be known whether it holds. */
    public Conditions set(ConditionType type, Status status, String reason, String message) {
        Condition old = find(before, type);
        Instant since = old != null && old.status() == status ? old.lastTransitionTime() : now;
        list.add(new Condition(type.name(), status, reason, message, since, generation));
        return this;
    }

    /** All that were said, in that order. */
    public List<Condition> list() {
        return List.copyOf(list);
    }

    /** The one of a type; null where there is none. */
    public static @Nullable Condition find(List<Condition> conditions, ConditionType type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type.name()))
                .findAny()
                .orElse(null);
    }

    /** Whether there is one of a type that has this status. */
    public static boolean is(List<Condition> conditions, ConditionType type, Status status) {
        Condition condition = find(conditions, type);
        return condition != null && condition.status() == status;
    }
}
