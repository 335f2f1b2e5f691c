package io.dhcpfailover.node.manage.api;

import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.api.node.PartnerDownRequest;
import io.dhcpfailover.node.manage.api.NodeOperations.NotDone;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.jspecify.annotations.Nullable;

/** What the server is told to do. */
@Controller
@ExecuteOn(ApiThreads.NAME)
@ApiResponse(responseCode = "204", description = "It is done")
@ApiResponse(responseCode = "409", description = "It cannot be done as things are")
final class ActionController {

    private final NodeOperations node;

    ActionController(NodeOperations node) {
        this.node = node;
    }

    @Post(NodeApi.PARTNER_DOWN)
    @Status(HttpStatus.NO_CONTENT)
    @Operation(summary = "Takes the partner of a relationship for down")
    @ApiResponse(responseCode = "404", description = "There is no such relationship")
    void partnerDown(String name, @Nullable @Body PartnerDownRequest request) throws NotDone {
        if (request != null && request.provedAt() != null) {
            node.provedDown(name, request.provedAt());
        } else {
            node.partnerDown(name, request == null ? null : request.partnerLastSeen());
        }
    }

    @Post(NodeApi.RESYNC)
    @Consumes("*/*")
    @Status(HttpStatus.NO_CONTENT)
    @Operation(summary = "Asks the partner of a relationship for every binding")
    @ApiResponse(responseCode = "404", description = "There is no such relationship")
    void resync(String name) throws NotDone {
        node.resync(name);
    }

    @Post(NodeApi.MAINTENANCE_START)
    @Consumes("*/*")
    @Status(HttpStatus.NO_CONTENT)
    @Operation(summary = "Hands all clients over to the partners, and answers none, also after a restart")
    void startMaintenance() throws NotDone {
        node.startMaintenance();
    }

    @Post(NodeApi.MAINTENANCE_END)
    @Consumes("*/*")
    @Status(HttpStatus.NO_CONTENT)
    @Operation(summary = "Answers clients again")
    void endMaintenance() throws NotDone {
        node.endMaintenance();
    }
}
