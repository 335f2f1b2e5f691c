package io.dhcpfailover.operator.validation;

import io.dhcpfailover.operator.report.ObjectKey;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster has besides, and objects name.
 *
 * @param nodes the names of its nodes; null where the operator may not look
 * @param secrets by their keys, of kind Secret: how many octets they have under which name
 * @param clocks how far the clocks of servers that answer are ahead of the operator's
 */
public record Surroundings(
        @Nullable Set<String> nodes, Map<ObjectKey, Map<String, Integer>> secrets, Map<ObjectKey, Duration> clocks) {

    /** Copies them. */
    public Surroundings {
        nodes = nodes == null ? null : Set.copyOf(nodes);
        secrets = Map.copyOf(secrets);
        clocks = Map.copyOf(clocks);
    }
}
