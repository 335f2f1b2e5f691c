package io.dhcpfailover.lab.host;

import java.util.List;

/**
 * What runs in place of an image.
 *
 * @param command before a container's arguments
 * @param arguments after them
 */
public record Program(List<String> command, List<String> arguments) {

    /** Takes copies of the lists. */
    public Program {
        command = List.copyOf(command);
        arguments = List.copyOf(arguments);
    }
}
