package io.dhcpfailover.operator.node;

import io.dhcpfailover.operator.desired.Item;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a server holds what it is to hold.
 *
 * @param sent what it was sent last, or held already, by {@link Item#key}; empty before it was reached
 * @param inStep whether it holds that, and nothing else
 * @param drifted whether it was found to hold something else that nobody sent since
 * @param refused why it does not take an object, by its key; the whole by an empty key
 * @param failure why it could not be told, for people; null where it could
 */
public record Replication(
        Map<String, Item> sent,
        boolean inStep,
        boolean drifted,
        Map<String, String> refused,
        @Nullable String failure) {

    /** Takes copies of the maps. */
    public Replication {
        sent = Map.copyOf(sent);
        refused = Map.copyOf(refused);
    }

    /** Whether it is known what the server holds. */
    public boolean isKnown() {
        return inStep || !sent.isEmpty();
    }

    /** Of a server that was not reached yet. */
    public static Replication none() {
        return new Replication(Map.of(), false, false, Map.of(), null);
    }
}
