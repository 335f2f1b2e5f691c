package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether a folder of leases is whole. Ends with 0 where it is, with 1 where it is not. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Reads all leases of a server that does not run, changes nothing, and says whether they are whole.")
final class CheckCommand implements Callable<Integer> {

    @Option(names = "--state", paramLabel = "DIR", required = true, description = "the folder of leases")
    private @Nullable Path state;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path folder = Objects.requireNonNull(state);
        try {
            StateFolder read = StateFolder.read(folder, Instant.now());
            Map<BindingState, Integer> counts = new EnumMap<>(BindingState.class);
            for (int place = 0; place < read.table().size(); place++) {
                Binding binding = read.table().at(place);
                counts.merge(binding.state(), 1, Integer::sum);
            }
            out.printf(
                    "%s is whole: %d records, %d addresses%n",
                    folder, read.content().records(), read.table().size());
            counts.forEach((name, count) -> out.printf("%-10s %d%n", name, count));
            if (read.content().cut() != null) {
                out.printf(
                        "its end was never durable and does not count: %s%n",
                        read.content().cut());
            }
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            spec.commandLine().getErr().println(Words.of(e));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }
}
