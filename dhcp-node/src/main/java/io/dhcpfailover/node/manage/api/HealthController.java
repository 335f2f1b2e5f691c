package io.dhcpfailover.node.manage.api;

import io.dhcpfailover.api.node.NodeApi;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

/** For probes, which have no certificate. */
@Controller
final class HealthController {

    private final NodeOperations node;

    HealthController(NodeOperations node) {
        this.node = node;
    }

    @Get(value = NodeApi.LIVENESS, produces = MediaType.TEXT_PLAIN)
    @Operation(summary = "Whether the engine's loop turns")
    @ApiResponse(responseCode = "200", description = "It does")
    @ApiResponse(responseCode = "503", description = "It has not for 5 seconds: the process should be started again")
    HttpResponse<String> liveness() {
        return node.isLive()
                ? HttpResponse.ok("live")
                : HttpResponse.serverError("the engine is stuck").status(503);
    }

    @Get(value = NodeApi.READINESS, produces = MediaType.TEXT_PLAIN)
    @Operation(summary = "Whether sockets are bound, the store is recovered, and a configuration is held")
    @ApiResponse(responseCode = "200", description = "All of it")
    @ApiResponse(responseCode = "503", description = "Not all of it yet; the status says what is missing")
    HttpResponse<String> readiness() {
        return node.isReady()
                ? HttpResponse.ok("ready")
                : HttpResponse.serverError("not ready").status(503);
    }
}
