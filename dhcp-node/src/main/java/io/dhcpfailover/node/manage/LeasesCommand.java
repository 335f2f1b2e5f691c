package io.dhcpfailover.node.manage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.manage.history.ClientText;
import io.dhcpfailover.node.manage.leases.LeasePages;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The leases of a server: as a table for people, as JSON or CSV for programs. */
@Command(
        name = "leases",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the leases of a server, whether it runs with this folder or not. Changes nothing.",
            "Of one that runs, leases can be picked out."
        })
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

    @Option(names = "--scope", paramLabel = "NAME", description = "those of this scope only")
    private @Nullable String scope;

    @Option(names = "--in", paramLabel = "STATE", description = "those in this state only, such as ACTIVE")
    private @Nullable String leaseState;

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            description = "those of this client only: a MAC address, or an identifier in hexadecimal")
    private @Nullable String client;

    @Option(names = "--host-name", paramLabel = "TEXT", description = "those whose host name has this in it only")
    private @Nullable String hostName;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return ReviewOptions.run(spec, out -> write(rows(), out));
    }

    private List<List<String>> rows() throws IOException {
        Path folder = Objects.requireNonNull(state);
        Map<String, @Nullable String> query = new HashMap<>();
        query.put("scope", scope);
        query.put("state", leaseState);
        query.put("client", client);
        query.put("hostName", hostName);
        ServerQuery server = new ServerQuery(folder);
        if (server.isPossible()) {
            try {
                return rows(server, query);
            } catch (ServerQuery.NotRunning e) {
                // One that was killed left its socket there.
                return stored(folder, query);
            }
        }
        return stored(folder, query);
    }

    private static List<List<String>> rows(ServerQuery server, Map<String, @Nullable String> query) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        query.put("limit", String.valueOf(LeasePages.LIMIT_MAX));
        do {
            JsonNode page = server.get(NodeApi.LEASES, query);
            page.path("items").forEach(lease -> rows.add(row(lease)));
            query.put("after", page.path("next").asText(null));
        } while (query.get("after") != null);
        return rows;
    }

    private static List<List<String>> stored(Path folder, Map<String, @Nullable String> query) throws IOException {
        if (query.values().stream().anyMatch(Objects::nonNull)) {
            throw new IOException("no server runs with " + folder + ": leave out what picks leases out, and all are"
                    + " listed that it has stored");
        }
        BindingTable table = StateFolder.read(folder, Instant.now()).table();
        return IntStream.range(0, table.size())
                .mapToObj(table::at)
                .sorted(Comparator.comparing(Binding::address))
                .map(LeasesCommand::row)
                .toList();
    }

    private static List<String> row(JsonNode lease) {
        String end = lease.path("end").asText("");
        boolean forEver = end.isEmpty() && lease.path("state").asText().equals(BindingState.ACTIVE.name());
        return COLUMNS.stream()
                .map(column -> column.equals("end") && forEver
                        ? "Unlimited"
                        : lease.path(column).asText(""))
                .toList();
    }

    private void write(List<List<String>> rows, PrintWriter out) throws IOException {
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
