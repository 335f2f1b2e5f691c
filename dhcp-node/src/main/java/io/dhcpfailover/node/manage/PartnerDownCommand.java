package io.dhcpfailover.node.manage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells a server that runs that its partner is down. Ends with 0 where it takes that, with 1 where it does not. */
@Command(
        name = "partner-down",
        mixinStandardHelpOptions = true,
        description = {
            "Tells the server that runs with this folder that its partner is down.",
            "It then serves alone, and takes the partner's addresses once the MCLT has passed. Say so only of a partner"
                    + " that serves nobody and will not before it hears of this server: where both serve alone, two"
                    + " clients can get one address."
        })
final class PartnerDownCommand implements Callable<Integer> {

    private static final String WORD = "partner-down";

    @Option(names = "--state", paramLabel = "DIR", required = true, description = "the folder of leases")
    private @Nullable Path state;

    @Option(names = "--relationship", paramLabel = "NAME", required = true, description = "which partner is meant")
    private @Nullable String relationship;

    @Option(
            names = "--last-seen",
            paramLabel = "TIME",
            description =
                    "when the partner was last alive, such as 2026-01-31T08:00:00Z, if that is known; otherwise now")
    private @Nullable Instant lastSeen;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        try {
            String answer = ControlSocket.ask(
                    Objects.requireNonNull(state), new Line(Objects.requireNonNull(relationship), lastSeen).text());
            if (answer.equals(ServerCommands.DONE)) {
                commandLine.getOut().println(relationship + ": the server takes its partner for down");
                return CommandLine.ExitCode.OK;
            }
            commandLine.getErr().println(answer.isEmpty() ? "the server did not answer" : answer);
        } catch (IOException e) {
            commandLine.getErr().println("no server runs with " + state + ": " + Words.of(e));
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /**
     * What the server is told.
     *
     * @param relationship its name
     * @param lastSeen when the partner was last alive; null for now
     */
    record Line(String relationship, @Nullable Instant lastSeen) {

        String text() {
            return WORD + " " + relationship + (lastSeen == null ? "" : " " + lastSeen.getEpochSecond());
        }

        /** The line of a text; null where it is none. */
        static @Nullable Line of(String text) {
            String[] words = text.split(" ", -1);
            if (words.length < 2 || words.length > 3 || !words[0].equals(WORD)) {
                return null;
            }
            try {
                return new Line(words[1], words.length == 2 ? null : Instant.ofEpochSecond(Long.parseLong(words[2])));
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }
}
