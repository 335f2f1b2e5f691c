package io.dhcpfailover.operator.application;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.List;

/** Counts what the operator asks of the API server, and what that answers: each attempt, and each watch once. */
@Singleton
final class ApiRequests implements Interceptor {

    /** {@code dhcp_operator_api_requests_total}, by the method and the status of HTTP; a status {@code none} is no answer. */
    static final String NAME = "dhcp.operator.api.requests";

    private final MeterRegistry registry;

    ApiRequests(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        count(request, Integer.toString(response.code()));
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        count(request, "none");
    }

    private void count(HttpRequest request, String status) {
        Counter.builder(NAME)
                .description("What the operator asked of the API server")
                .tags("method", request.method(), "code", status)
                .register(registry)
                .increment();
    }
}
