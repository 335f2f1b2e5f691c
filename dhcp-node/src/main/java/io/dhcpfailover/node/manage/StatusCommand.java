package io.dhcpfailover.node.manage;

import static io.dhcpfailover.node.manage.ReviewOptions.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.dhcpfailover.api.node.NodeApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** What a server that runs says of itself. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows what the server is that runs with this folder: its relationships, and what is wrong.")
final class StatusCommand extends ReviewCommand {

    @Override
    void write(PrintWriter out) throws IOException {
        JsonNode status = options().server().get(NodeApi.STATUS, Map.of());
        if (options().isJson()) {
            out.println(status.toPrettyString());
            return;
        }
        Table server = new Table("SERVER", "VERSION", "ADDRESS", "READY", "AUTHORIZED", "STORAGE", "SCOPES", "LEASES");
        server.add(
                text(status, "server"),
                text(status, "version"),
                text(status, "address"),
                yes(status.path("ready")),
                status.path("maintenance").asBoolean() ? "maintenance" : yes(status.path("authorized")),
                status.path("storageHealthy").asBoolean() ? "healthy" : "failing",
                String.valueOf(status.path("scopes").size()),
                text(status, "leases"));
        server.print(out);
        Table relationships = new Table(
                "RELATIONSHIP", "ROLE", "STATE", "SINCE", "PARTNER", "CONNECTED", "LAST CONTACT", "PENDING", "UNACKED");
        for (JsonNode each : status.path("relationships")) {
            relationships.add(
                    text(each, "name"),
                    text(each, "role"),
                    text(each, "state"),
                    text(each, "since"),
                    text(each, "partnerState"),
                    yes(each.path("connected")),
                    text(each, "lastContact"),
                    text(each, "pendingUpdates"),
                    text(each, "unackedUpdates"));
        }
        if (!status.path("relationships").isEmpty()) {
            out.println();
            relationships.print(out);
        }
        for (JsonNode problem : status.path("problems")) {
            out.printf(
                    "%n%s %s since %s: %s%n",
                    text(problem, "reason"), text(problem, "object"), text(problem, "since"), text(problem, "message"));
        }
    }

    private static String yes(JsonNode value) {
        return value.asBoolean() ? "yes" : "no";
    }
}
