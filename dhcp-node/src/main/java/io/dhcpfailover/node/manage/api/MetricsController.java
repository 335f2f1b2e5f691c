package io.dhcpfailover.node.manage.api;

import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.node.manage.metrics.MetricsText;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

/** What the server counts, for who has no certificate. */
@Controller
final class MetricsController {

    private final NodeOperations node;

    MetricsController(NodeOperations node) {
        this.node = node;
    }

    @Get(value = NodeApi.METRICS, produces = MetricsText.CONTENT_TYPE)
    @ExecuteOn(ApiThreads.NAME)
    @Operation(summary = "What the server counts, in the text format of Prometheus")
    @ApiResponse(responseCode = "200", description = "What docs/metrics.md says")
    String metrics() {
        return node.metrics();
    }
}
