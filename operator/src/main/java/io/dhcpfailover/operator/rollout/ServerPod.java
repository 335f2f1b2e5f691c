package io.dhcpfailover.operator.rollout;

import io.dhcpfailover.operator.summary.ServerView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server of this cluster, and its pod.
 *
 * @param server what it says
 * @param outdated whether its pod runs something else than what is wanted
 * @param cordoned whether its node takes no pods any more, because somebody is about to empty it
 * @param inHandSince since when a rollout or an emptying of its node has it out of service, as the operator recorded
 *     before it did anything; null where none has
 */
public record ServerPod(
        ServerView server,
        boolean outdated,
        boolean cordoned,
        @Nullable Instant inHandSince) {}
