package io.dhcpfailover.node.manage;

import static io.dhcpfailover.node.manage.ReviewOptions.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.dhcpfailover.api.node.NodeApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a client would get from a server that runs, and why. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Says what a client would get that asks the server now, from which server, for how long, and why; or why it"
                    + " gets no answer. Nothing is changed by it."
        })
final class ExplainCommand extends ReviewCommand {

    @Parameters(
            paramLabel = "CLIENT",
            description =
                    "a MAC address, such as 02:00:5e:00:53:01, or an identifier in hexadecimal, its type included")
    private @Nullable String client;

    @Option(names = "--scope", paramLabel = "NAME", description = "in which scope; all that could be, by default")
    private @Nullable String scope;

    @Option(names = "--relay", paramLabel = "ADDRESS", description = "by which relay it comes")
    private @Nullable String relay;

    @Option(names = "--interface", paramLabel = "NAME", description = "on which interface of the server it is")
    private @Nullable String link;

    @Override
    void write(PrintWriter out) throws IOException {
        Map<String, @Nullable String> query = new HashMap<>();
        query.put("client", client);
        query.put("scope", scope);
        query.put("relay", relay);
        query.put("interface", link);
        JsonNode said = options().server().get(NodeApi.EXPLAIN, query);
        if (options().isJson()) {
            out.println(said.toPrettyString());
            return;
        }
        for (JsonNode place : said.path("places")) {
            out.println(headline(place));
            place.path("reasons").forEach(reason -> out.println("  - " + reason.asText()));
        }
    }

    private static String headline(JsonNode place) {
        String where = place.has("scope") ? "scope " + text(place, "scope") + ": " : "";
        String renewal = place.has("renewal")
                ? "; has " + text(place, "leased") + ", and would prolong it"
                        + (place.has("renewalSeconds") ? " by " + text(place, "renewalSeconds") + " s" : "")
                        + " (" + text(place, "renewal") + ")"
                : "";
        return place.has("address")
                ? where + "is offered " + text(place, "address") + " for " + text(place, "leaseSeconds") + " s"
                        + renewal
                : where + "is offered nothing (" + text(place, "outcome") + ")" + renewal;
    }
}
