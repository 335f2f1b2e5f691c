package io.dhcpfailover.node.network;

import io.dhcpfailover.node.failover.session.Ending;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What links have done since the process began. May be read in any thread. */
public final class LinkCounters {

    /** What is counted. */
    public enum Kind {
        /** Connections from addresses that no partner has, which were closed at once. */
        STRANGERS,
        /** Connections of partners that had too many already. */
        TOO_MANY,
        /** Sessions that began. */
        SESSIONS,
        /** Messages of partners that were handed on. */
        HEARD,
        /** Messages that were sent to partners. */
        SENT,
        /** Messages for sessions that had ended when they were to be sent. */
        UNSENT
    }

    private final Map<Kind, LongAdder> kinds = new EnumMap<>(Kind.class);
    private final Map<Ending.Cause, LongAdder> endings = new EnumMap<>(Ending.Cause.class);

    LinkCounters() {
        for (Kind kind : Kind.values()) {
            kinds.put(kind, new LongAdder());
        }
        for (Ending.Cause cause : Ending.Cause.values()) {
            endings.put(cause, new LongAdder());
        }
    }

    /** How many there were. */
    public long value(Kind kind) {
        return kinds.getOrDefault(kind, new LongAdder()).sum();
    }

    /** How many sessions ended so, or did not begin. */
    public long endings(Ending.Cause cause) {
        return endings.getOrDefault(cause, new LongAdder()).sum();
    }

    void add(Kind kind) {
        kinds.getOrDefault(kind, new LongAdder()).increment();
    }

    void add(Ending.Cause cause) {
        endings.getOrDefault(cause, new LongAdder()).increment();
    }
}
