package io.dhcpfailover.node.manage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.manage.history.ClientText;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The leases of a folder: as a table for people, as JSON or CSV for programs. */
@Command(
        name = "leases",
        mixinStandardHelpOptions = true,
        description = "Lists the leases of a server that does not run. Changes nothing.")
final class LeasesCommand implements Callable<Integer> {

    /** How it is written. */
    enum Output {
        table,
        json,
        csv
    }

    private static final List<String> COLUMNS =
            List.of("address", "state", "client", "hardwareAddress", "hostName", "start", "end", "lastTransaction");

    @Option(names = "--state", paramLabel = "DIR", required = true, description = "the folder of leases")
    private @Nullable Path state;

    @Option(
            names = {"-o", "--output"},
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} where it is left out")
    private Output output = Output.table;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        try {
            write(StateFolder.read(Objects.requireNonNull(state), Instant.now()).table(), commandLine.getOut());
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            commandLine.getErr().println(Words.of(e));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void write(BindingTable table, PrintWriter out) throws IOException {
        List<List<String>> rows = IntStream.range(0, table.size())
                .mapToObj(table::at)
                .sorted(Comparator.comparing(Binding::address))
                .map(LeasesCommand::row)
                .toList();
        switch (output) {
            case table -> {
                out.printf("%-15s  %-9s  %-23s  %-20s  %s%n", "ADDRESS", "STATE", "CLIENT", "END", "HOST NAME");
                rows.forEach(row -> out.printf(
                        "%-15s  %-9s  %-23s  %-20s  %s%n", row.get(0), row.get(1), row.get(2), row.get(6), row.get(4)));
            }
            case csv -> {
                out.println(String.join(",", COLUMNS));
                rows.forEach(row -> out.println(
                        String.join(",", row.stream().map(LeasesCommand::quoted).toList())));
            }
            case json -> json(rows, out);
        }
        out.flush();
    }

    private static void json(List<List<String>> rows, PrintWriter out) throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            for (List<String> row : rows) {
                json.writeStartObject();
                for (int column = 0; column < row.size(); column++) {
                    if (!row.get(column).isEmpty()) {
                        json.writeStringField(COLUMNS.get(column), row.get(column));
                    }
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        out.println();
    }

    private static List<String> row(Binding binding) {
        ClientIdentity client = binding.client();
        HardwareAddress hardware = binding.hardware();
        boolean ends = binding.state() != BindingState.FREE || client != null;
        return List.of(
                binding.address().toString(),
                binding.state().toString(),
                client == null ? "" : client.toString(),
                hardware == null ? "" : hardware.toString(),
                hostName(binding),
                time(binding.start()),
                ends ? end(binding) : "",
                time(binding.lastTransaction()));
    }

    private static String hostName(Binding binding) {
        byte[] name = binding.details().value(DhcpOption.HOST_NAME.code());
        return name == null ? "" : ClientText.escaped(name);
    }

    private static String end(Binding binding) {
        return binding.end() == Binding.UNLIMITED ? "Unlimited" : time(binding.end());
    }

    private static String time(long seconds) {
        return seconds == 0 ? "" : Instant.ofEpochSecond(seconds).toString();
    }

    private static String quoted(String value) {
        return value.contains(",") || value.contains("\"") ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
