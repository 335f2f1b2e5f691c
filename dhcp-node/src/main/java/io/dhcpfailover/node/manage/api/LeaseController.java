package io.dhcpfailover.node.manage.api;

import io.dhcpfailover.api.node.ClientExplanation;
import io.dhcpfailover.api.node.Lease;
import io.dhcpfailover.api.node.LeaseHistory;
import io.dhcpfailover.api.node.LeaseHolder;
import io.dhcpfailover.api.node.LeaseList;
import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.node.manage.api.NodeOperations.NotDone;
import io.dhcpfailover.node.manage.api.NodeOperations.Reason;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the server knows of leases, and what is done to one. */
@Controller
@ExecuteOn(ApiThreads.NAME)
final class LeaseController {

    private final NodeOperations node;

    LeaseController(NodeOperations node) {
        this.node = node;
    }

    /** Something that is asked of the engine or of a file. */
    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T ask(Question<T> question) throws NotDone {
        try {
            return question.ask();
        } catch (IllegalArgumentException e) {
            throw new HttpStatusException(HttpStatus.BAD_REQUEST, Objects.requireNonNullElse(e.getMessage(), "wrong"));
        } catch (IOException e) {
            throw new NotDone(Reason.BUSY, Objects.requireNonNullElse(e.getMessage(), "it cannot be read"));
        }
    }

    @Get(NodeApi.LEASES)
    @Operation(summary = "A page of leases, in the order of their addresses")
    @ApiResponse(responseCode = "200", description = "Some; next says where the next page begins")
    @ApiResponse(responseCode = "400", description = "A parameter is wrong")
    LeaseList leases(
            @QueryValue @Nullable String limit,
            @QueryValue @Nullable String after,
            @QueryValue @Nullable String scope,
            @QueryValue @Nullable String state,
            @QueryValue @Nullable String client,
            @QueryValue @Nullable String hostName)
            throws NotDone {
        Map<String, String> query = new HashMap<>();
        put(query, "limit", limit);
        put(query, "after", after);
        put(query, "scope", scope);
        put(query, "state", state);
        put(query, "client", client);
        put(query, "hostName", hostName);
        return ask(() -> node.leases().leases(query));
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }

    @Get(NodeApi.LEASE)
    @Operation(summary = "The lease of an address")
    @ApiResponse(responseCode = "200", description = "What is known of it")
    @ApiResponse(responseCode = "400", description = "It is no address")
    @ApiResponse(responseCode = "404", description = "Nothing is known of it: no client ever had it")
    Lease lease(String address) throws NotDone {
        return ask(() -> Optional.ofNullable(node.leases().lease(address)))
                .orElseThrow(() -> new NotDone(
                        Reason.UNKNOWN, "nothing is known of " + address + ": no client of this server ever had it"));
    }

    @Post(NodeApi.LEASE_RELEASE)
    @Consumes("*/*")
    @Status(HttpStatus.NO_CONTENT)
    @Operation(summary = "Takes a leased address from its client")
    @ApiResponse(responseCode = "204", description = "Done; the partner is told")
    @ApiResponse(responseCode = "400", description = "It is no address")
    @ApiResponse(responseCode = "409", description = "Not as things are")
    void release(String address) throws NotDone {
        done(ask(() -> Objects.requireNonNullElse(node.leases().release(address), "")));
    }

    @Post(NodeApi.LEASE_RESET)
    @Consumes("*/*")
    @Status(HttpStatus.NO_CONTENT)
    @Operation(summary = "Makes an abandoned address free again")
    @ApiResponse(responseCode = "204", description = "Done; the partner is told")
    @ApiResponse(responseCode = "400", description = "It is no address")
    @ApiResponse(responseCode = "409", description = "Not as things are")
    void reset(String address) throws NotDone {
        done(ask(() -> Objects.requireNonNullElse(node.leases().reset(address), "")));
    }

    private static void done(String refusal) throws NotDone {
        if (!refusal.isEmpty()) {
            throw new NotDone(Reason.REFUSED, refusal);
        }
    }

    @Get(NodeApi.HISTORY)
    @Operation(summary = "What happened to leases, the latest first")
    @ApiResponse(responseCode = "200", description = "Some of it")
    @ApiResponse(responseCode = "400", description = "A parameter is wrong")
    LeaseHistory history(
            @QueryValue @Nullable String address,
            @QueryValue @Nullable String client,
            @QueryValue @Nullable String from,
            @QueryValue @Nullable String to,
            @QueryValue @Nullable String limit)
            throws NotDone {
        Map<String, String> query = new HashMap<>();
        put(query, "address", address);
        put(query, "client", client);
        put(query, "from", from);
        put(query, "to", to);
        put(query, "limit", limit);
        return ask(() -> node.leases().history(query));
    }

    @Get(NodeApi.HOLDER)
    @Operation(summary = "Who had an address at a time")
    @ApiResponse(responseCode = "200", description = "The event by which its client had it, where one had it")
    @ApiResponse(responseCode = "400", description = "A parameter is wrong")
    LeaseHolder holder(String address, @QueryValue @Nullable String at) throws NotDone {
        Map<String, String> query = new HashMap<>();
        put(query, "at", at);
        return ask(() -> node.leases().holder(address, query));
    }

    @Get(NodeApi.EXPLAIN)
    @Operation(summary = "What a client would get that asked now, and why")
    @ApiResponse(responseCode = "200", description = "What it would get in each place where it could be")
    @ApiResponse(responseCode = "400", description = "A parameter is wrong, or client is missing")
    ClientExplanation explain(
            @QueryValue @Nullable String client,
            @QueryValue @Nullable String scope,
            @QueryValue @Nullable String relay,
            @QueryValue("interface") @Nullable String link)
            throws NotDone {
        Map<String, String> query = new HashMap<>();
        put(query, "client", client);
        put(query, "scope", scope);
        put(query, "relay", relay);
        put(query, "interface", link);
        return ask(() -> node.leases().explain(query));
    }
}
