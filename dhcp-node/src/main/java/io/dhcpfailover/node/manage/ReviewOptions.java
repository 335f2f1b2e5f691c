package io.dhcpfailover.node.manage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What the commands have in common that look at a server. */
final class ReviewOptions {

    /** How an answer is written. */
    enum Output {
        table,
        json
    }

    /** Looks, and writes what it has seen. */
    interface Review {
        void run(PrintWriter out) throws IOException;
    }

    @Option(names = "--state", paramLabel = "DIR", required = true, description = "the folder of leases")
    private @Nullable Path state;

    @Option(
            names = {"-o", "--output"},
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} where it is left out")
    private Output output = Output.table;

    Path state() {
        return Objects.requireNonNull(state);
    }

    ServerQuery server() {
        return new ServerQuery(state());
    }

    boolean isJson() {
        return output == Output.json;
    }

    /** Ends with 0, or with 1 and why. */
    static int run(CommandLine.Model.@Nullable CommandSpec spec, Review review) {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        try {
            review.run(commandLine.getOut());
            commandLine.getOut().flush();
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            commandLine.getErr().println(Words.of(e));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** The text of a field; empty where it is absent. */
    static String text(JsonNode object, String field) {
        return object.path(field).asText("");
    }
}
