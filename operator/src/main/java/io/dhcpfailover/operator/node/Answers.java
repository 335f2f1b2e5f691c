package io.dhcpfailover.operator.node;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for answers, and not for ever. Java's client was seen to wait for one without an end, although its request had a
 * time limit, where a server was starting on a busy machine: the limit is kept here too.
 */
final class Answers {

    /** The client's own limit comes first, since it says more. */
    private static final Duration LATER = Duration.ofSeconds(5);

    private Answers() {}

    /**
     * The answer to a request.
     *
     * @throws HttpTimeoutException where there is none in the time that the request has, and a little
     */
    static <T> HttpResponse<T> await(HttpClient client, HttpRequest request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        Duration limit = request.timeout().orElseThrow().plus(LATER);
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer in " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
