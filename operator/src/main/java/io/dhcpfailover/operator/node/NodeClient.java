package io.dhcpfailover.operator.node;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dhcpfailover.api.node.ConfigurationAnswer;
import io.dhcpfailover.api.node.ConfigurationAnswer.Problem;
import io.dhcpfailover.api.node.ConfigurationDocument;
import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.api.node.NodeRefusal;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.PartnerDownRequest;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls the node API of servers. Each call ends within {@link #ANSWER_MAX}, but a stream. */
@Singleton
public final class NodeClient implements AutoCloseable {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);

    /** A server answers when what it was told is on disk. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    /** Of an answer that is no document of ours. */
    private static final int SHOWN_CHARACTERS_MAX = 300;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final NodeTrust trust;
    private @Nullable SSLContext context;
    private @Nullable HttpClient http;

    /** A client that is known by the certificate of its context. */
    public NodeClient(NodeTrust trust) {
        this.trust = trust;
    }

    /** Opens the stream of what a server says; its caller closes it. */
    InputStream stream(URI server) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http().send(
                        HttpRequest.newBuilder(server.resolve(NodeApi.STATUS_STREAM))
                                .header("Accept", "text/event-stream")
                                .GET()
                                .timeout(ANSWER_MAX)
                                .build(),
                        BodyHandlers.ofInputStream());
        if (response.statusCode() != OK) {
            try (InputStream body = response.body()) {
                throw failure(
                        response.statusCode(),
                        new String(body.readNBytes(SHOWN_CHARACTERS_MAX), StandardCharsets.UTF_8));
            }
        }
        return response.body();
    }

    /** What a server says now. */
    NodeStatus status(URI server) throws IOException, InterruptedException {
        return read(send("GET", server, NodeApi.STATUS, null), NodeStatus.class);
    }

    /** A document of an event of the stream. */
    static NodeStatus parse(String json) throws IOException {
        return JSON.readValue(json, NodeStatus.class);
    }

    /** What a server holds, without what is secret. */
    ConfigurationDocument configuration(URI server) throws IOException, InterruptedException {
        return read(send("GET", server, NodeApi.CONFIGURATION, null), ConfigurationDocument.class);
    }

    /** Gives a server all that it is to hold. */
    Placed put(URI server, ConfigurationDocument document) throws IOException, InterruptedException {
        HttpResponse<String> response = exchange("PUT", server, NodeApi.CONFIGURATION, document);
        return switch (response.statusCode()) {
            case OK -> new Placed.Held(read(response.body(), ConfigurationAnswer.class));
            case CONFLICT -> new Placed.Stale(told(response.body()));
            case UNPROCESSABLE -> new Placed.Refused(problems(response.body()));
            default -> throw failure(response.statusCode(), response.body());
        };
    }

    /** The server is to take its partner for down. */
    public void partnerDown(URI server, String relationship, PartnerDownRequest request)
            throws IOException, InterruptedException {
        send("POST", server, NodeApi.PARTNER_DOWN.replace("{name}", relationship), request);
    }

    /** The server is to ask its partner for every binding. */
    public void resync(URI server, String relationship) throws IOException, InterruptedException {
        send("POST", server, NodeApi.RESYNC.replace("{name}", relationship), null);
    }

    /** The server is to hand its clients over, or to serve them again. */
    public void maintenance(URI server, boolean start) throws IOException, InterruptedException {
        send("POST", server, start ? NodeApi.MAINTENANCE_START : NodeApi.MAINTENANCE_END, null);
    }

    private String send(String method, URI server, String path, @Nullable Object body)
            throws IOException, InterruptedException {
        HttpResponse<String> response = exchange(method, server, path, body);
        if (response.statusCode() / 100 != 2) {
            throw failure(response.statusCode(), told(response.body()));
        }
        return response.body();
    }

    private HttpResponse<String> exchange(String method, URI server, String path, @Nullable Object body)
            throws IOException, InterruptedException {
        BodyPublisher publisher =
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        return http().send(
                        HttpRequest.newBuilder(server.resolve(path))
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/json")
                                .method(method, publisher)
                                .timeout(ANSWER_MAX)
                                .build(),
                        BodyHandlers.ofString());
    }

    /** The problems that an answer names; what it says, where it is no answer of ours. */
    private static List<Problem> problems(String body) {
        try {
            List<Problem> problems =
                    JSON.readValue(body, ConfigurationAnswer.class).problems();
            return problems.isEmpty() ? List.of(new Problem(null, shown(body))) : problems;
        } catch (IOException e) {
            return List.of(new Problem(null, shown(body)));
        }
    }

    /** What a refusal says; the whole of it, where it is none of ours. */
    private static String told(String body) {
        try {
            NodeRefusal refusal = JSON.readValue(body, NodeRefusal.class);
            if (refusal.message() != null) {
                return refusal.message();
            }
        } catch (IOException e) {
            return shown(body);
        }
        return String.join("; ", problems(body).stream().map(Problem::message).toList());
    }

    private static <T> T read(String json, Class<T> type) throws IOException {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new IOException("it answered what is no " + type.getSimpleName() + ": " + shown(json), e);
        }
    }

    private static NodeException failure(int status, String body) {
        return new NodeException(status, "it answered " + status + ": " + shown(body));
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_CHARACTERS_MAX ? text : text.substring(0, SHOWN_CHARACTERS_MAX) + "...";
    }

    /** Connections of an old certificate go on until they end. */
    private synchronized HttpClient http() {
        SSLContext latest = trust.context();
        if (http == null || !latest.equals(context)) {
            context = latest;
            http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(latest)
                    .connectTimeout(CONNECT_MAX)
                    .build();
        }
        return http;
    }

    @Override
    @PreDestroy
    public synchronized void close() {
        if (http != null) {
            http.shutdownNow();
        }
    }
}
