package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.failover.ServerState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line for each change of a relationship's state, with what led to it. For the engine's thread. */
final class StateLog {

    /** A change takes effect once it is stored, and something else may have happened by then. */
    private static final int CAUSES_MAX = 2;

    private static final Logger LOG = LoggerFactory.getLogger(StateLog.class);

    private final Map<String, ServerState> states = new HashMap<>();
    private final Map<String, Deque<String>> causes = new HashMap<>();

    /** What has just happened in a relationship; the next change of its state is put down to it, and what came before. */
    void happened(String relationship, String what) {
        Deque<String> latest = causes.computeIfAbsent(relationship, name -> new ArrayDeque<>());
        latest.addLast(what);
        if (latest.size() > CAUSES_MAX) {
            latest.removeFirst();
        }
    }

    /** Looks at the states that relationships are in now. */
    void look(Map<String, ServerState> now) {
        states.keySet().retainAll(now.keySet());
        causes.keySet().retainAll(now.keySet());
        now.forEach((relationship, state) -> {
            ServerState last = states.put(relationship, state);
            ServerState before = last == null ? ServerState.STARTUP : last;
            if (before != state) {
                write(relationship + ": " + word(before) + " -> " + word(state) + ": " + cause(relationship), state);
                causes.remove(relationship);
            }
        });
    }

    private String cause(String relationship) {
        Deque<String> latest = causes.get(relationship);
        return latest == null ? "time has passed" : String.join("; ", latest);
    }

    private static void write(String change, ServerState state) {
        switch (state) {
            case STARTUP, NORMAL, RECOVER_DONE -> LOG.info("relationship {}", change);
            default -> LOG.warn("relationship {}", change);
        }
    }

    /** As the draft writes it. */
    private static String word(ServerState state) {
        return state.name().replace('_', '-');
    }
}
