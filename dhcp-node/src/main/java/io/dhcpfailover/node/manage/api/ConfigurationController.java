package io.dhcpfailover.node.manage.api;

import io.dhcpfailover.api.node.ConfigurationAnswer;
import io.dhcpfailover.api.node.ConfigurationAnswer.Problem;
import io.dhcpfailover.api.node.ConfigurationDocument;
import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.node.manage.api.NodeOperations.Verdict;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** What the server is to hold. */
@Controller
@ExecuteOn(ApiThreads.NAME)
final class ConfigurationController {

    private final NodeOperations node;

    ConfigurationController(NodeOperations node) {
        this.node = node;
    }

    @Put(NodeApi.CONFIGURATION)
    @Operation(
            summary = "Holds this configuration instead of the last one, whole or not at all",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = ConfigurationDocument.class))))
    @ApiResponse(responseCode = "200", description = "It is on disk and served")
    @ApiResponse(responseCode = "400", description = "It is no JSON, or nested too deep")
    @ApiResponse(
            responseCode = "409",
            description = "The server holds a newer one, or another one of the same generation, or serves a folder")
    @ApiResponse(responseCode = "413", description = "It is too large")
    @ApiResponse(responseCode = "422", description = "Something in it is wrong; all that is, is named")
    @ApiResponse(responseCode = "503", description = "It cannot be stored")
    HttpResponse<ConfigurationAnswer> putConfiguration(@Body byte[] body) {
        return answer(body, node::putConfiguration);
    }

    @Put(NodeApi.SCOPE)
    @Operation(
            summary = "Holds this scope, which is added or changed",
            requestBody =
                    @RequestBody(
                            required = true,
                            description = "the manifest of the DhcpScope",
                            content = @Content(schema = @Schema(implementation = Object.class))))
    @ApiResponse(responseCode = "200", description = "It is on disk and served")
    HttpResponse<ConfigurationAnswer> putScope(String name, @Body byte[] body) {
        return answer(body, json -> node.putScope(name, json));
    }

    @Put(NodeApi.RELATIONSHIP)
    @Operation(
            summary = "Holds this relationship, which is added or changed",
            requestBody =
                    @RequestBody(
                            required = true,
                            description = "the manifest of the DhcpFailoverRelationship",
                            content = @Content(schema = @Schema(implementation = Object.class))))
    @ApiResponse(responseCode = "200", description = "It is on disk and served")
    HttpResponse<ConfigurationAnswer> putRelationship(String name, @Body byte[] body) {
        return answer(body, json -> node.putRelationship(name, json));
    }

    @Get(NodeApi.CONFIGURATION)
    @Produces("application/json")
    @Operation(summary = "The configuration that the server holds, without what is in Secrets")
    @ApiResponse(
            responseCode = "200",
            description = "It holds this",
            content = @Content(schema = @Schema(implementation = ConfigurationDocument.class)))
    @ApiResponse(responseCode = "404", description = "It holds none by this API")
    HttpResponse<String> configuration() {
        String held = node.configuration();
        return held == null ? HttpResponse.notFound() : HttpResponse.ok(held);
    }

    private static HttpResponse<ConfigurationAnswer> answer(byte[] body, Function<String, NodeOperations.Put> put) {
        String json;
        try {
            json = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            return HttpResponse.badRequest(
                    new ConfigurationAnswer(0, "", List.of(new Problem(null, "it is no text in UTF-8"))));
        }
        NodeOperations.Put outcome = put.apply(json);
        return HttpResponse.<ConfigurationAnswer>status(status(outcome.verdict()))
                .body(outcome.answer());
    }

    private static HttpStatus status(Verdict verdict) {
        return switch (verdict) {
            case HELD -> HttpStatus.OK;
            case STALE -> HttpStatus.CONFLICT;
            case INVALID -> HttpStatus.UNPROCESSABLE_ENTITY;
            case UNREADABLE -> HttpStatus.BAD_REQUEST;
            case NOT_STORED -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }
}
