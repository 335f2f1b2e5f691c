package io.dhcpfailover.node.manage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.manage.history.HistoryLine;
import io.dhcpfailover.node.manage.history.HistoryReader;
import io.dhcpfailover.node.manage.leases.ClientKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What happened to leases, whether the server runs or not. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what happened to leases, the latest first; with --address and --at, who had that address then.",
            "Reads the files of the history, whether a server runs with the folder or not."
        })
final class HistoryCommand extends ReviewCommand {

    @Option(names = "--address", paramLabel = "ADDRESS", description = "of which address")
    private @Nullable String address;

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            description = "of which client: a MAC address, or an identifier in hexadecimal")
    private @Nullable String client;

    @Option(names = "--at", paramLabel = "TIME", description = "who had it then, such as 2026-01-31T08:00:00Z")
    private @Nullable Instant at;

    @Option(names = "--from", paramLabel = "TIME", description = "nothing before then")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "nothing after then")
    private @Nullable Instant to;

    @Option(names = "--limit", paramLabel = "COUNT", description = "how many events; ${DEFAULT-VALUE} by default")
    private int limit = 100;

    @Override
    public Integer call() {
        if (at != null && address == null) {
            throw wrong("give --address with --at: who had which address then", null);
        }
        try {
            return super.call();
        } catch (IllegalArgumentException e) {
            throw wrong(Words.of(e), e);
        }
    }

    @Override
    void write(PrintWriter out) throws IOException {
        HistoryReader history = new HistoryReader(options().state());
        Ipv4Address which = address == null ? null : Ipv4Address.parse(address);
        if (which != null && at != null) {
            HistoryLine holder = history.holder(which, at);
            print(holder == null ? List.of() : List.of(holder), out);
            if (holder == null && !options().isJson()) {
                out.println("nobody had it then, as far as the history reaches");
            }
            return;
        }
        String key = client == null ? null : ClientKey.parse(client).toString();
        print(history.find(new HistoryReader.Query(which, key, from, to, limit)), out);
    }

    private void print(List<HistoryLine> lines, PrintWriter out) throws IOException {
        if (options().isJson()) {
            json(lines, out);
            return;
        }
        Table table = new Table("TIME", "ACTION", "ADDRESS", "CLIENT", "END", "RELAY", "HOST NAME");
        for (HistoryLine line : lines) {
            table.add(
                    text(line, HistoryLine.TIME),
                    text(line, HistoryLine.ACTION),
                    text(line, HistoryLine.ADDRESS),
                    text(line, HistoryLine.CLIENT),
                    text(line, HistoryLine.END),
                    text(line, HistoryLine.RELAY),
                    text(line, HistoryLine.HOST_NAME));
        }
        table.print(out);
    }

    private static String text(HistoryLine line, String field) {
        return Objects.requireNonNullElse(line.get(field), "");
    }

    private static void json(List<HistoryLine> lines, PrintWriter out) throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            for (HistoryLine line : lines) {
                json.writeStartObject();
                for (Map.Entry<String, String> field : line.fields().entrySet()) {
                    json.writeStringField(field.getKey(), field.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        out.println();
    }
}
