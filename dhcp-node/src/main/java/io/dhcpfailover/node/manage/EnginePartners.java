package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.engine.Effect;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.engine.PartnerSession;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.session.Agreement;
import io.dhcpfailover.node.failover.session.Ending;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What links bring, in the order in which it came, for the engine's thread. A message of a partner may ask for many
 * records at once, so none is given to the engine before the journal has room for them.
 */
final class EnginePartners {

    private final Engine engine;
    private final LongSupplier seconds;
    private final Consumer<Effect> effects;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Map<String, Long> sessions = new HashMap<>();
    private final StateLog log = new StateLog();
    private final RefusalLog refusals = new RefusalLog();
    private final Transitions transitions;
    private boolean changed = true;

    /**
     * Of an engine.
     *
     * @param transitions is shown the states
     */
    EnginePartners(Engine engine, LongSupplier seconds, Consumer<Effect> effects, Transitions transitions) {
        this.engine = engine;
        this.transitions = transitions;
        this.seconds = seconds;
        this.effects = effects;
    }

    void began(String relationship, long session, Agreement agreement) {
        waiting.add(() -> {
            sessions.put(relationship, session);
            log.happened(relationship, "a session has begun");
            PartnerSession agreed =
                    new PartnerSession(agreement.dialect(), agreement.unackedUpdatesMax(), agreement.skewSeconds());
            engine.sessionBegan(relationship, agreed, seconds.getAsLong(), effects);
        });
    }

    void heard(String relationship, Message message, Runnable taken) {
        waiting.add(() -> {
            try {
                if (message instanceof Message.State state) {
                    log.happened(
                            relationship,
                            "the partner is in " + state.state().name().replace('_', '-')
                                    + (state.startup() ? ", and has just started" : ""));
                } else if (message instanceof Message.UpdateDone) {
                    log.happened(relationship, "the partner has told all that it knows");
                } else if (message instanceof Message.BindingAcknowledgement answers) {
                    refusals.heard(relationship, answers, seconds.getAsLong());
                }
                engine.heard(relationship, message, seconds.getAsLong(), effects);
            } finally {
                taken.run();
            }
        });
    }

    void ended(String relationship, long session, Ending ending) {
        waiting.add(() -> {
            sessions.remove(relationship, session);
            log.happened(relationship, ending.text());
            engine.sessionEnded(relationship, ending.lastHeard(), seconds.getAsLong(), effects);
        });
    }

    /** The session that the engine knows of; 0 where it knows of none. What it says now is said in that one. */
    long session(String relationship) {
        return sessions.getOrDefault(relationship, 0L);
    }

    /** The engine says something to a partner. */
    void said(String relationship, Message message) {
        if (message instanceof Message.BindingAcknowledgement answers) {
            refusals.said(relationship, answers, seconds.getAsLong());
        }
    }

    /** Whether something waits. */
    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Gives the engine what waits, while there is room for what that may ask for. */
    void work(BooleanSupplier room, Consumer<Runnable> safely) {
        while (!waiting.isEmpty() && room.getAsBoolean()) {
            safely.accept(waiting.remove());
            changed = true;
        }
    }

    /** Something happened to a relationship that no partner said; of what follows from it, the log says this. */
    void happened(String relationship, String what) {
        log.happened(relationship, what);
        changed = true;
    }

    /** A state may have changed. */
    void look() {
        changed = true;
    }

    /** Writes what has changed. */
    void report() {
        if (changed) {
            changed = false;
            Map<String, ServerState> states = engine.states();
            log.look(states);
            transitions.look(states);
        }
    }
}
