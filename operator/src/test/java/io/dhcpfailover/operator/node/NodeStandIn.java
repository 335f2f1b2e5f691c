package io.dhcpfailover.operator.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A server's management API without a server: holds what it is sent and tells of it, on a port of loopback, with or without
 * TLS. It says of itself what a test says.
 */
public final class NodeStandIn implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Held(
            ConfigurationDocument document,
            String hash,
            List<ScopeReport> scopes,
            List<RelationshipReport> relationships) {}

    private final String name;
    private final @Nullable SSLContext context;
    private final InetSocketAddress address;
    private HttpServer http;
    private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private Held held = new Held(new ConfigurationDocument(0, List.of()), "", List.of(), List.of());
    private String version = "1";
    private boolean maintenance;
    private volatile Predicate<String> admission = call -> true;
    private volatile Consumer<String> listener = call -> {};
    private Function<ConfigurationDocument, List<Problem>> check = document -> List.of();
    private UnaryOperator<NodeStatus> says = status -> status;

    /** One that holds nothing. */
    public NodeStandIn(String name) throws IOException {
        this(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null);
    }

    /**
     * One that holds nothing.
     *
     * @param at where it listens
     * @param context by which it knows its callers, as they know it; null for neither
     */
    public NodeStandIn(String name, InetSocketAddress at, @Nullable SSLContext context) throws IOException {
        this.name = name;
        this.context = context;
        this.http = listen(at);
        this.address = http.getAddress();
    }

    private HttpServer listen(InetSocketAddress at) throws IOException {
        HttpServer server = context == null ? HttpServer.create(at, 0) : secure(at, context);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        return server;
    }

    private static HttpServer secure(InetSocketAddress at, SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(at, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters mutual = context.getDefaultSSLParameters();
                mutual.setNeedClientAuth(true);
                parameters.setSSLParameters(mutual);
            }
        });
        return server;
    }

    /** Where it is. */
    public URI uri() {
        return URI.create((context == null ? "http" : "https") + "://"
                + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** How often somebody began to listen to what it says. */
    public int streamsOpened() {
        return opened.get();
    }

    /** What it holds. */
    public synchronized ConfigurationDocument held() {
        return held.document;
    }

    /** The names of what it holds of a kind. */
    public synchronized List<String> names(String kind) {
        return held.document.items().stream()
                .filter(item -> kind.equals(item.get("kind")))
                .map(item -> String.valueOf(((Map<?, ?>) item.getOrDefault("metadata", Map.of())).get("name")))
                .sorted()
                .toList();
    }

    /** The spec of an object that it holds; null where it does not. */
    public synchronized @Nullable Map<?, ?> spec(String kind, String object) {
        return held.document.items().stream()
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
        held = held(other);
        tell();
    }

    /** Refuses what this finds problems in. */
    public synchronized void refuse(Function<ConfigurationDocument, List<Problem>> problems) {
        check = problems;
    }

    /** Leaves those calls without an answer and without an effect, by method and path, that this does not admit. */
    public void admit(Predicate<String> calls) {
        admission = calls;
    }

    /** Tells of each call that was answered with 204, by method and path. */
    public void listen(Consumer<String> calls) {
        listener = calls;
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
        http = listen(address);
    }

    @Override
    public void close() {
        stop();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!admission.test(exchange.getRequestMethod() + " " + path)) {
            exchange.close();
            return;
        }
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
            default -> {
                listener.accept(exchange.getRequestMethod() + " " + path);
                send(exchange, 204, null);
            }
        }
    }

    private synchronized void maintain(HttpExchange exchange, boolean start) throws IOException {
        maintenance = start;
        send(exchange, 204, null);
        tell();
    }

    private synchronized ConfigurationDocument withoutSecrets() {
        return new ConfigurationDocument(
                held.document.generation(),
                held.document.items().stream()
                        .filter(item -> !"Secret".equals(item.get("kind")))
                        .toList());
    }

    private synchronized void put(HttpExchange exchange, ConfigurationDocument document) throws IOException {
        List<Problem> problems = check.apply(document);
        if (document.generation() <= held.document.generation()) {
            send(exchange, 409, answer(List.of(new Problem(null, "older than " + held.document.generation()))));
        } else if (!problems.isEmpty()) {
            send(exchange, 422, answer(problems));
        } else {
            held = held(document);
            send(exchange, 200, answer(List.of()));
            tell();
        }
    }

    private ConfigurationAnswer answer(List<Problem> problems) {
        return new ConfigurationAnswer(held.document.generation(), held.hash, problems);
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        opened.incrementAndGet();
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
        boolean holds = held.document.generation() > 0;
        return says.apply(new NodeStatus(
                null,
                name,
                version,
                Instant.now(),
                Instant.EPOCH,
                null,
                held.document.generation(),
                holds ? held.hash : null,
                holds,
                true,
                maintenance,
                true,
                0,
                held.relationships,
                held.scopes,
                List.of()));
    }

    /** What it says of what it holds is made once: there may be hundreds of scopes. */
    private Held held(ConfigurationDocument document) {
        List<ScopeReport> scopes = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Map<String, Object> item : document.items()) {
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
        return new Held(
                document,
                ContentHash.ofConfiguration(document.items()),
                List.copyOf(scopes),
                relationships(document, counts));
    }

    private List<RelationshipReport> relationships(ConfigurationDocument document, Map<String, Integer> scopes) {
        List<RelationshipReport> reports = new ArrayList<>();
        for (Map<String, Object> item : document.items()) {
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
        return List.copyOf(reports);
    }

    private static long generation(Map<String, ?> metadata) {
        return metadata.get("generation") instanceof Number number ? number.longValue() : 0;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> map(Map<String, Object> item, String field) {
        return (Map<String, ?>) item.getOrDefault(field, Map.of());
    }
}
