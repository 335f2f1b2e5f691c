package io.dhcpfailover.operator.action;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionStatus.Phase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far an action is, and what to do next. The status is to be written first and the commands done then, so that
 * nothing is done of which there is no record.
 *
 * @param phase how far it is
 * @param message for people
 * @param details figures of what was done, and what a restart of the operator must find again
 * @param commands to do now; none where there is only something to wait for
 */
public record Decision(Phase phase, String message, Map<String, String> details, List<Command> commands) {

    /** Copies list and map. */
    public Decision {
        details = Map.copyOf(details);
        commands = List.copyOf(commands);
    }

    static Decision pending(String message) {
        return new Decision(Phase.Pending, message, Map.of(), List.of());
    }

    static Decision waiting(String message, Map<String, String> details) {
        return new Decision(Phase.Running, message, details, List.of());
    }

    static Decision doing(String message, Map<String, String> details, List<? extends Command> commands) {
        return new Decision(Phase.Running, message, details, List.copyOf(commands));
    }

    static Decision succeeded(String message, Map<String, String> details) {
        return new Decision(Phase.Succeeded, message, details, List.of());
    }

    static Decision failed(String message, Map<String, String> details) {
        return new Decision(Phase.Failed, message, details, List.of());
    }

    /** The same with one detail more. */
    static Map<String, String> with(Map<String, String> details, String name, String value) {
        Map<String, String> more = new TreeMap<>(details);
        more.put(name, value);
        return more;
    }
}
