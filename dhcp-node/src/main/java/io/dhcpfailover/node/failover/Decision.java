package io.dhcpfailover.node.failover;

import java.util.List;

/**
 * What follows from an event. Where {@code durable} is set, the record of {@code next.kept()} has to be on disk before
 * {@code next} takes the place of what was, and before any of the actions.
 *
 * @param next where the server stands then
 * @param durable whether what is kept has changed
 * @param actions what it does then, in this order
 */
public record Decision(Standing next, boolean durable, List<StateAction> actions) {

    /** Copies the list. */
    public Decision {
        actions = List.copyOf(actions);
    }
}
