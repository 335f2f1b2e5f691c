package io.dhcpfailover.operator.action;

import io.dhcpfailover.api.value.ObjectName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator is to do for an action. Each may be done twice, where the operator restarts in between. */
public sealed interface Command {

    /**
     * A server takes its partner for down.
     *
     * @param server that is told
     * @param relationship in which it is
     * @param partnerLastSeen from when the MCLT counts; null for now
     */
    record DeclareDown(
            ObjectName server,
            ObjectName relationship,
            @Nullable Instant partnerLastSeen) implements Command {}

    /**
     * A server asks its partner for every binding.
     *
     * @param server that is told
     * @param relationship in which it is
     */
    record Resync(ObjectName server, ObjectName relationship) implements Command {}

    /**
     * A server hands its clients over.
     *
     * @param server that is told
     */
    record StartMaintenance(ObjectName server) implements Command {}

    /**
     * A server answers clients again.
     *
     * @param server that is told
     */
    record EndMaintenance(ObjectName server) implements Command {}

    /**
     * Scopes are copied from one server to another, as they are there.
     *
     * @param from whose scopes win
     * @param to whose are overwritten
     * @param scopes which ones
     */
    record Replicate(ObjectName from, ObjectName to, List<ObjectName> scopes) implements Command {

        /** Copies the list. */
        public Replicate {
            scopes = List.copyOf(scopes);
        }
    }
}
