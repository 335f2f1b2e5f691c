package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.failover.ServerState;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** How often each relationship has come into each state since the process began. For the engine's thread. */
final class Transitions {

    private final Runnable changed;
    private final Map<String, ServerState> states = new HashMap<>();
    private final Map<String, Map<ServerState, Long>> counts = new HashMap<>();
    private final Map<Change, Long> changes = new HashMap<>();

    /** A relationship came from one state into another. */
    record Change(String relationship, ServerState from, ServerState to) {}

    /**
     * None so far.
     *
     * @param changed is called after each change, and must return at once
     */
    Transitions(Runnable changed) {
        this.changed = changed;
    }

    /** Looks at the states that relationships are in now. */
    void look(Map<String, ServerState> now) {
        boolean different = states.keySet().retainAll(now.keySet());
        counts.keySet().retainAll(now.keySet());
        for (Map.Entry<String, ServerState> each : now.entrySet()) {
            ServerState before = states.put(each.getKey(), each.getValue());
            if (before != each.getValue()) {
                counts.computeIfAbsent(each.getKey(), name -> new EnumMap<>(ServerState.class))
                        .merge(each.getValue(), 1L, Long::sum);
                ServerState from = before == null ? ServerState.STARTUP : before;
                if (from != each.getValue()) {
                    changes.merge(new Change(each.getKey(), from, each.getValue()), 1L, Long::sum);
                }
                different = true;
            }
        }
        if (different) {
            changed.run();
        }
    }

    /** How often each change was seen; also of relationships that are no more. */
    Map<Change, Long> changes() {
        return Map.copyOf(changes);
    }

    /** How often a relationship came into a state. */
    long into(String relationship, ServerState state) {
        return counts.getOrDefault(relationship, Map.of()).getOrDefault(state, 0L);
    }
}
