package io.dhcpfailover.node.configuration;

import java.util.List;

/** What becomes of a configuration that a server is sent. */
public sealed interface ConfigurationChange {

    /**
     * It is to be held instead of what is.
     *
     * @param next with what was sent
     */
    record Accepted(HeldConfiguration next) implements ConfigurationChange {}

    /**
     * It is what is held already.
     *
     * @param held all of that
     */
    record Same(HeldConfiguration held) implements ConfigurationChange {}

    /**
     * Something newer is held, or something else of the same generation.
     *
     * @param problems which object, and what to do
     */
    record Stale(List<Problem> problems) implements ConfigurationChange {}

    /**
     * Something in it is wrong.
     *
     * @param problems all that is
     */
    record Invalid(List<Problem> problems) implements ConfigurationChange {}

    /**
     * It cannot be read at all.
     *
     * @param problem why, and where
     */
    record Unreadable(String problem) implements ConfigurationChange {}
}
