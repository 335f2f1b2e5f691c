package io.dhcpfailover.node.engine;

import io.dhcpfailover.node.wire.MessageType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an engine counts, at one moment. Counts are since the server started.
 *
 * @param authorized whether it may answer clients
 * @param storageHealthy whether leases can be stored
 * @param clockSteps how often the clock was set
 * @param packets by kind and outcome, without those that there were none of
 * @param pools of all scopes, in the order of their subnets
 * @param relationships by name
 */
public record EngineStatistics(
        boolean authorized,
        boolean storageHealthy,
        long clockSteps,
        List<Packets> packets,
        List<PoolStatistics> pools,
        Map<String, RelationshipStatistics> relationships) {

    /** Copies what it is given. */
    public EngineStatistics {
        packets = List.copyOf(packets);
        pools = List.copyOf(pools);
        relationships = Map.copyOf(relationships);
    }

    /**
     * Packets of a kind that had an outcome.
     *
     * @param type null for BOOTP
     */
    public record Packets(@Nullable MessageType type, Outcome outcome, long count) {}
}
