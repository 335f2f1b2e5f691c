package io.dhcpfailover.node.network;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the sockets for clients have done since they were opened. May be read in any thread. */
public final class Counters {

    /** What is counted, in packets. */
    public enum Kind {
        /** Requests that were given to the receiver. */
        RECEIVED,
        /** Octets that are no packet. */
        REFUSED,
        /** Requests of new clients that were not read because too many waited. */
        CROWDED_OUT,
        /** Replies of other servers, which are none of a server's business. */
        FOREIGN,
        /** Replies that were given to the operating system. */
        SENT,
        /** Of these, the ones for a client's hardware address that went to everyone on its link instead. */
        BROADCAST_INSTEAD,
        /** Replies that no socket could take: no such link, no route, its buffer full. */
        UNSENT,
        /** Replies that came while too many waited. */
        OVERFLOWED,
        /** Errors of sockets or of the receiver. */
        FAILED
    }

    private final Map<Kind, LongAdder> adders = new EnumMap<>(Kind.class);

    Counters() {
        for (Kind kind : Kind.values()) {
            adders.put(kind, new LongAdder());
        }
    }

    /** How many there were. */
    public long value(Kind kind) {
        return adder(kind).sum();
    }

    void add(Kind kind) {
        adder(kind).increment();
    }

    void add(Kind kind, long count) {
        adder(kind).add(count);
    }

    private LongAdder adder(Kind kind) {
        LongAdder adder = adders.get(kind);
        if (adder == null) {
            throw new IllegalStateException(kind + " is not counted");
        }
        return adder;
    }
}
