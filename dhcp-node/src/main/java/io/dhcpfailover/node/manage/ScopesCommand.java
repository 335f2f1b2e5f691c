package io.dhcpfailover.node.manage;

import static io.dhcpfailover.node.manage.ReviewOptions.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.dhcpfailover.api.node.NodeApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** The scopes of a server that runs, and how their addresses are used. */
@Command(
        name = "scopes",
        mixinStandardHelpOptions = true,
        description = "Lists the scopes of the server that runs with this folder, and how their addresses are used.")
final class ScopesCommand extends ReviewCommand {

    @Override
    void write(PrintWriter out) throws IOException {
        JsonNode scopes = options().server().get(NodeApi.STATUS, Map.of()).path("scopes");
        if (options().isJson()) {
            out.println(scopes.isMissingNode() ? "[ ]" : scopes.toPrettyString());
            return;
        }
        Table table = new Table("SCOPE", "TOTAL", "RESERVED", "IN USE", "FREE", "FREE HERE", "FREE PARTNER", "HASH");
        for (JsonNode scope : scopes) {
            table.add(
                    text(scope, "name"),
                    text(scope, "total"),
                    text(scope, "reserved"),
                    text(scope, "inUse"),
                    text(scope, "free"),
                    text(scope, "freeThis"),
                    text(scope, "freePartner"),
                    text(scope, "hash"));
        }
        table.print(out);
    }
}
