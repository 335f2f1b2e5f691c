package io.dhcpfailover.operator.node;

import io.dhcpfailover.api.node.ConfigurationAnswer;
import io.dhcpfailover.api.node.ConfigurationAnswer.Problem;
import java.util.List;

/** What became of a configuration that was put to a server. */
sealed interface Placed {

    /** The server has it on disk and serves it. */
    record Held(ConfigurationAnswer answer) implements Placed {}

    /** The server holds a newer one: look again. */
    record Stale(String message) implements Placed {}

    /** The server does not take it, and goes on with what it holds. */
    record Refused(List<Problem> problems) implements Placed {}
}
