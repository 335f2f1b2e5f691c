package io.dhcpfailover.node.manage.metrics;

import io.dhcpfailover.node.engine.EngineStatistics;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Where metrics come from. Everything but {@link #engine} is read in any thread and never waits. */
public interface MetricSource {

    /**
     * What the engine counts.
     *
     * @param statistics of the engine itself
     * @param transitions how often relationships have changed their states
     */
    record OfEngine(EngineStatistics statistics, List<Transition> transitions) {}

    /** How often a relationship came from one state to another; states as the draft writes them. */
    record Transition(String relationship, String from, String to, long count) {}

    /**
     * Asks the engine, and waits for its turn.
     *
     * @throws IOException where it does not answer
     */
    OfEngine engine() throws IOException;

    /** The name of the server. */
    String server();

    /** What runs. */
    String version();

    /** What waits in each queue. */
    Map<String, Integer> queues();

    /** How many packets each queue had no room for. */
    Map<String, Long> dropped();

    /** Lease events that were written to the history. */
    long historyWritten();

    /** Lease events that were not. */
    long historyDropped();

    /** Octets that the disk of the leases has left; 0 where that cannot be found out. */
    long storageFree();

    /** The hash of each scope's manifest, by its name; empty where there is none. */
    Map<String, String> scopeHashes();
}
