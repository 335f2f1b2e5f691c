package io.dhcpfailover.operator.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dhcpfailover.api.node.ConfigurationAnswer;
import io.dhcpfailover.api.node.ConfigurationAnswer.Problem;
import io.dhcpfailover.api.node.ConfigurationDocument;
import io.dhcpfailover.api.node.ContentHash;
import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.node.ScopeReport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A server's management API without a server: holds what it is sent and tells of it, on a port of loopback and without
 * TLS. It says of itself what a test says.
 */
public final class NodeStandIn implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final int port;
    private HttpServer http;
    private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private ConfigurationDocument held = new ConfigurationDocument(0, List.of());
    private String version = "1";
    private boolean maintenance;
    private Function<ConfigurationDocument, List<Problem>> check = document -> List.of();
    private UnaryOperator<NodeStatus> says = status -> status;

    /** One that holds nothing. */
    public NodeStandIn(String name) throws IOException {
        this.name = name;
        this.http = listen(0);
        this.port = http.getAddress().getPort();
    }

    private HttpServer listen(int at) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        return server;
    }

    /** Where it is. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What it holds. */
    public synchronized ConfigurationDocument held() {
        return held;
    }

    /** The names of what it holds of a kind. */
    public synchronized List<String> names(String kind) {
        return held.items().stream()
                .filter(item -> kind.equals(item.get("kind")))
                .map(item -> String.valueOf(((Map<?, ?>) item.getOrDefault("metadata", Map.of())).get("name")))
                .sorted()
                .toList();
    }

    /** The spec of an object that it holds; null where it does not. */
    public synchronized @Nullable Map<?, ?> spec(String kind, String object) {
        return held.items().stream()
                .filter(item -> kind.equals(item.get("kind"))
                        && item.get("metadata") instanceof Map<?, ?> metadata
                        && object.equals(metadata.get("name")))
                .map(item -> (Map<?, ?>) item.getOrDefault("spec", Map.of()))
                .findAny()
                .orElse(null);
    }

    /** Whether it was told to hand its clients over. */
    public synchronized boolean isInMaintenance() {
        return maintenance;
    }

    /** What it was asked, as method and path, in that order, without streams. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Holds something else, of which nobody told it. */
    public synchronized void hold(ConfigurationDocument other) {
        held = other;
        tell();
    }

    /** Refuses what this finds problems in. */
    public synchronized void refuse(Function<ConfigurationDocument, List<Problem>> problems) {
        check = problems;
    }

    /** Is another version from now on. */
    public synchronized void version(String latest) {
        version = latest;
        tell();
    }

    /** Says something else of itself. */
    public synchronized void says(UnaryOperator<NodeStatus> other) {
        says = other;
        tell();
    }

    /** Tells all who listen. */
    public synchronized void tell() {
        streams.removeIf(stream -> {
            try {
                write(stream);
                return false;
            } catch (IOException e) {
                return true;
            }
        });
    }

    /** Ends as a process that is killed. */
    public void stop() {
        http.stop(0);
        streams.clear();
    }

    /** Begins again where it ended. */
    public void start() throws IOException {
        http = listen(port);
    }

    @Override
    public void close() {
        stop();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(NodeApi.STATUS_STREAM)) {
            stream(exchange);
            return;
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        calls.add(exchange.getRequestMethod() + " " + path
                + (body.isEmpty() || path.equals(NodeApi.CONFIGURATION) ? "" : " " + body));
        switch (exchange.getRequestMethod() + " " + path) {
            case "GET " + NodeApi.STATUS -> send(exchange, 200, status());
            case "GET " + NodeApi.CONFIGURATION -> send(exchange, 200, withoutSecrets());
            case "PUT " + NodeApi.CONFIGURATION -> put(exchange, JSON.readValue(body, ConfigurationDocument.class));
            case "POST " + NodeApi.MAINTENANCE_START -> maintain(exchange, true);
            case "POST " + NodeApi.MAINTENANCE_END -> maintain(exchange, false);
            default -> send(exchange, 204, null);
        }
    }

    private synchronized void maintain(HttpExchange exchange, boolean start) throws IOException {
        maintenance = start;
        send(exchange, 204, null);
        tell();
    }

    private synchronized ConfigurationDocument withoutSecrets() {
        return new ConfigurationDocument(
                held.generation(),
                held.items().stream()
                        .filter(item -> !"Secret".equals(item.get("kind")))
                        .toList());
    }

    private synchronized void put(HttpExchange exchange, ConfigurationDocument document) throws IOException {
        List<Problem> problems = check.apply(document);
        if (document.generation() <= held.generation()) {
            send(exchange, 409, answer(List.of(new Problem(null, "older than " + held.generation()))));
        } else if (!problems.isEmpty()) {
            send(exchange, 422, answer(problems));
        } else {
            held = document;
            send(exchange, 200, answer(List.of()));
            tell();
        }
    }

    private ConfigurationAnswer answer(List<Problem> problems) {
        return new ConfigurationAnswer(held.generation(), ContentHash.ofConfiguration(held.items()), problems);
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        synchronized (this) {
            write(exchange.getResponseBody());
            streams.add(exchange.getResponseBody());
        }
    }

    private void write(OutputStream stream) throws IOException {
        stream.write(
                (": alive\n\ndata: " + JSON.writeValueAsString(status()) + "\n\n").getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }

    private static void send(HttpExchange exchange, int status, @Nullable Object body) throws IOException {
        byte[] octets = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    private synchronized NodeStatus status() {
        List<ScopeReport> scopes = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Map<String, Object> item : held.items()) {
            if ("DhcpScope".equals(item.get("kind"))) {
                Map<String, ?> spec = map(item, "spec");
                Map<String, ?> metadata = map(item, "metadata");
                scopes.add(new ScopeReport(
                        String.valueOf(metadata.get("name")),
                        generation(metadata),
                        ContentHash.ofSpec(spec),
                        null,
                        100,
                        0,
                        0,
                        0,
                        100,
                        50,
                        50,
                        null));
                counts.merge(String.valueOf(spec.get("failoverRelationship")), 1, Integer::sum);
            }
        }
        return says.apply(new NodeStatus(
                null,
                name,
                version,
                Instant.now(),
                Instant.EPOCH,
                null,
                held.generation(),
                held.generation() == 0 ? null : ContentHash.ofConfiguration(held.items()),
                held.generation() > 0,
                true,
                maintenance,
                true,
                0,
                relationships(counts),
                scopes,
                List.of()));
    }

    private List<RelationshipReport> relationships(Map<String, Integer> scopes) {
        List<RelationshipReport> reports = new ArrayList<>();
        for (Map<String, Object> item : held.items()) {
            if ("DhcpFailoverRelationship".equals(item.get("kind"))) {
                Map<String, ?> spec = map(item, "spec");
                Map<String, ?> metadata = map(item, "metadata");
                String relationship = String.valueOf(metadata.get("name"));
                reports.add(Reports.normal(
                        relationship,
                        generation(metadata),
                        ContentHash.ofSpec(spec),
                        name.equals(spec.get("primaryServer")),
                        scopes.getOrDefault(relationship, 0)));
            }
        }
        return reports;
    }

    private static long generation(Map<String, ?> metadata) {
        return metadata.get("generation") instanceof Number number ? number.longValue() : 0;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> map(Map<String, Object> item, String field) {
        return (Map<String, ?>) item.getOrDefault(field, Map.of());
    }
}
