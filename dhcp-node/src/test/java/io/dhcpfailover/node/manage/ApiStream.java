package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.api.node.NodeStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Who watches a server. */
final class ApiStream implements AutoCloseable {

    private static final String DATA = "data: ";

    private final HttpClient client;
    private final BufferedReader reader;

    ApiStream(ApiSite site) throws IOException, InterruptedException {
        client = site.client(site.authority.issue("watcher"));
        var response = client.send(
                HttpRequest.newBuilder(site.uri(NodeApi.STATUS_STREAM)).build(), BodyHandlers.ofInputStream());
        requireStream(response);
        reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static void requireStream(HttpResponse<?> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (response.statusCode() != 200 || !type.startsWith("text/event-stream")) {
            throw new AssertionError(response + " " + type);
        }
    }

    /** Waits for the next event. */
    NodeStatus next() throws IOException {
        while (true) {
            String line = reader.readLine();
            if (line == null) {
                throw new IOException("the stream has ended");
            }
            if (line.startsWith(DATA)) {
                return ApiSite.status(line.substring(DATA.length()));
            }
        }
    }

    /** Waits for an event. */
    NodeStatus await(Predicate<NodeStatus> wanted) throws IOException {
        while (true) {
            NodeStatus status = next();
            if (wanted.test(status)) {
                return status;
            }
        }
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        client.close();
    }
}
