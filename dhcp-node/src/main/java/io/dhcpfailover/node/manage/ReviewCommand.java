package io.dhcpfailover.node.manage;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A command that looks at a server, and changes nothing. */
abstract class ReviewCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private ReviewOptions options = new ReviewOptions();

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    final ReviewOptions options() {
        return options;
    }

    /** The command line is wrong. */
    final CommandLine.ParameterException wrong(String what, @Nullable Exception cause) {
        return new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), what, cause);
    }

    @Override
    public Integer call() {
        return ReviewOptions.run(spec, this::write);
    }

    /** Writes what it sees. */
    abstract void write(PrintWriter out) throws IOException;
}
