package io.dhcpfailover.node.manage.api;

import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.node.manage.api.NodeOperations.NotDone;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.reactivestreams.Publisher;

/** What the server says of itself. */
@Controller
final class StatusController {

    private final NodeOperations node;
    private final StatusFeed feed;

    StatusController(NodeOperations node, StatusFeed feed) {
        this.node = node;
        this.feed = feed;
    }

    @Get(NodeApi.STATUS)
    @ExecuteOn(ApiThreads.NAME)
    @Operation(summary = "What the server is now")
    @ApiResponse(responseCode = "200", description = "What it is")
    NodeStatus status() throws NotDone {
        return node.status();
    }

    @Get(value = NodeApi.STATUS_STREAM, produces = MediaType.TEXT_EVENT_STREAM)
    @Operation(summary = "What the server is now, and again at each change: server-sent events")
    @ApiResponse(
            responseCode = "200",
            description = "An event at once, then one for each change; a comment where nothing changes",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM,
                            schema = @Schema(implementation = NodeStatus.class)))
    HttpResponse<Publisher<byte[]>> stream() {
        return HttpResponse.ok(feed.watch()).header("Cache-Control", "no-store");
    }
}
