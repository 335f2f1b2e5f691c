package io.dhcpfailover.operator.summary;

import org.jspecify.annotations.Nullable;

/**
 * What the operator itself has to say of a relationship, for people.
 *
 * @param proof how far the proof of a server's end is; null where nothing is to be proved
 * @param rollout why a rollout has stopped, and what to do; null where none has
 */
public record Remark(@Nullable String proof, @Nullable String rollout) {

    /** Nothing to say. */
    public static final Remark NONE = new Remark(null, null);
}
