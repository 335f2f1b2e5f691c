package io.dhcpfailover.node.manage.api;

import io.dhcpfailover.api.node.NodeRefusal;
import io.dhcpfailover.node.manage.api.NodeOperations.NotDone;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.stream.Collectors;

/** What is answered where something is not done: one sentence, as a {@link NodeRefusal}. */
@Singleton
@Primary
final class ApiErrors implements ErrorResponseProcessor<NodeRefusal> {

    @Override
    public MutableHttpResponse<NodeRefusal> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        String message = context.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "));
        return response.body(new NodeRefusal(message.isEmpty() ? response.reason() : message))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** For actions that are not done. */
    @Singleton
    static final class NotDoneHandler implements ExceptionHandler<NotDone, HttpResponse<NodeRefusal>> {

        @Override
        @SuppressWarnings("rawtypes") // As the interface has it.
        public HttpResponse<NodeRefusal> handle(HttpRequest request, NotDone exception) {
            HttpStatus status = switch (exception.reason()) {
                case UNKNOWN -> HttpStatus.NOT_FOUND;
                case REFUSED -> HttpStatus.CONFLICT;
                case BUSY -> HttpStatus.SERVICE_UNAVAILABLE;
            };
            return HttpResponse.<NodeRefusal>status(status)
                    .body(new NodeRefusal(Objects.requireNonNullElse(exception.getMessage(), "")));
        }
    }
}
