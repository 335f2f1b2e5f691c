package io.dhcpfailover.lab.exercise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dhcpfailover.lab.client.Clients;
import io.dhcpfailover.lab.kubernetes.Access;
import io.dhcpfailover.lab.site.Lab;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the API says of the pair at a moment, and what clients saw.
 *
 * @param state of the relationship, as kubectl shows it
 * @param message what there is to say of it
 * @param servers both
 * @param inUse leased addresses of the scope
 * @param free free addresses of the scope
 * @param clients how many clients have an address
 * @param last who was answered last; null for nobody
 */
public record View(
        String state,
        String message,
        List<Server> servers,
        long inUse,
        long free,
        long clients,
        Clients.@Nullable Answer last) {

    /** The names of the example. */
    public static final String RELATIONSHIP = "dhcp2-dhcp1";

    /** The name of the example's scope. */
    public static final String SCOPE = "office";

    /**
     * A server, as the API shows it.
     *
     * @param name of its DhcpServer
     * @param state its own; empty before it is known
     * @param previous what that was before; empty for nothing
     * @param partner its partner's state, as it last heard it
     * @param leases that it knows
     * @param freeThis free addresses that it may give to new clients
     * @param leadTimeEnds when the MCLT ends; null where it does not count
     * @param ready whether the operator finds it ready
     */
    public record Server(
            String name,
            String state,
            String previous,
            String partner,
            long leases,
            long freeThis,
            @Nullable Instant leadTimeEnds,
            boolean ready) {}

    /** The pair now. */
    public static View of(Lab lab) {
        Access api = lab.api();
        JsonNode relationship = api.find("DhcpFailoverRelationship", Lab.NAMESPACE, RELATIONSHIP)
                .path("status");
        JsonNode statistics =
                api.find("DhcpScope", Lab.NAMESPACE, SCOPE).path("status").path("statistics");
        List<Server> servers = new ArrayList<>();
        for (String name : List.of("dhcp1", "dhcp2")) {
            JsonNode said = element(relationship.path("servers"), "name", name);
            JsonNode server = api.find("DhcpServer", Lab.NAMESPACE, name).path("status");
            JsonNode ends = said.path("mcltEndsAt");
            servers.add(new Server(
                    name,
                    said.path("state").asText(""),
                    said.path("previousState").asText(""),
                    said.path("partnerStateSeen").asText(""),
                    server.path("leases").asLong(),
                    element(statistics.path("servers"), "server", name)
                            .path("freeThis")
                            .asLong(),
                    ends.isTextual() ? Instant.parse(ends.asText()) : null,
                    element(server.path("conditions"), "type", "Ready")
                            .path("status")
                            .asText()
                            .equals("True")));
        }
        return new View(
                relationship.path("state").asText(""),
                element(relationship.path("conditions"), "type", "Ready")
                        .path("message")
                        .asText(""),
                servers,
                statistics.path("inUse").asLong(),
                statistics.path("free").asLong(),
                lab.clients().held(),
                lab.clients().last());
    }

    private static JsonNode element(JsonNode list, String key, String value) {
        for (JsonNode element : list) {
            if (element.path(key).asText().equals(value)) {
                return element;
            }
        }
        return MissingNode.getInstance();
    }

    /** As a table of at most 80 columns. */
    public String table() {
        return String.join("\n", Board.lines(this));
    }

    Server server(String name) {
        return servers.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The states of both, as they are compared to notice a change. */
    List<String> states() {
        return servers.stream().map(Server::state).toList();
    }
}
