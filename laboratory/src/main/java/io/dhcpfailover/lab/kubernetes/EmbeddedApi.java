package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The API on a TCP port of loopback. */
public final class EmbeddedApi implements Closeable {

    private static final String JSON = "application/json";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Kinds kinds = new Kinds();
    private final Discovery discovery = new Discovery(kinds);
    private final ObjectStore store = new ObjectStore();
    private final Objects objects;
    private final Watches watches = new Watches(store);

    /**
     * Serves, until it is closed.
     *
     * @param address of loopback; a free port is taken
     * @throws IOException where it cannot listen there
     */
    public static EmbeddedApi start(InetAddress address, Admission admission) throws IOException {
        EmbeddedApi api = new EmbeddedApi(address, admission);
        api.server.start();
        return api;
    }

    private EmbeddedApi(InetAddress address, Admission admission) throws IOException {
        objects = new Objects(store, admission);
        server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        Kind definition = kinds.named("CustomResourceDefinition");
        for (ObjectNode each : kinds.definitions()) {
            ObjectNode established = each.deepCopy();
            established
                    .putObject("status")
                    .putArray("conditions")
                    .addObject()
                    .put("type", "Established")
                    .put("status", "True");
            store.put(new Key(definition, "", each.path("metadata").path("name").asText()), established);
        }
    }

    /** Where it is. */
    public String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** What kubectl needs to ask this API, with a namespace for what is said without one. */
    public String kubeconfig(String namespace) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: lab, cluster: {server: "%s"}}]
                users: [{name: lab, user: {}}]
                contexts: [{name: lab, context: {cluster: lab, user: lab, namespace: %s}}]
                current-context: lab
                """.formatted(url(), namespace);
    }

    /** The same API without HTTP. */
    public Access access() {
        return new Access(kinds, store, objects);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
                // Who is answered like this asks for the same by plain HTTP: this server has no WebSockets.
                answer(exchange, 200, Json.MAPPER.createObjectNode());
            } else {
                answerOrRefuse(exchange);
            }
        }
    }

    private void answerOrRefuse(HttpExchange exchange) throws IOException {
        try {
            answer(exchange);
        } catch (ApiException e) {
            answer(exchange, e.code(), status(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException, ApiException, InterruptedException {
        Call call = Call.of(exchange);
        ObjectNode document = call.path().isEmpty() ? null : discovery.document(call.path());
        if (document != null && call.method().equals("GET")) {
            answer(exchange, 200, document);
            return;
        }
        if (call.path().isEmpty()) {
            throw ApiException.noSuchPath();
        }
        Call.Target target = call.target(kinds);
        String name = target.name();
        if (call.method().equals("GET") && call.isWatch()) {
            watch(exchange, call, target);
        } else if (name == null) {
            answer(exchange, call.method().equals("POST") ? 201 : 200, ofAll(exchange, call, target));
        } else {
            answer(exchange, 200, ofOne(exchange, call, target, new Key(target.kind(), target.namespace(), name)));
        }
    }

    private ObjectNode ofAll(HttpExchange exchange, Call call, Call.Target target) throws IOException, ApiException {
        Selection selection = selection(call, target);
        return switch (call.method()) {
            case "GET" -> {
                ObjectStore.Listed listed = store.list(selection);
                yield call.table()
                        ? Tables.table(target.kind(), listed.objects(), Long.toString(listed.version()))
                        : list(target.kind(), listed);
            }
            case "POST" -> objects.create(target.kind(), target.namespace(), body(exchange));
            case "DELETE" -> deleteAll(target, store.list(selection));
            default -> throw ApiException.notAllowed();
        };
    }

    private ObjectNode deleteAll(Call.Target target, ObjectStore.Listed listed) throws ApiException {
        for (ObjectNode object : listed.objects()) {
            JsonNode metadata = object.path("metadata");
            ObjectNode _ = objects.delete(
                    new Key(
                            target.kind(),
                            metadata.path("namespace").asText(),
                            metadata.path("name").asText()),
                    null);
        }
        return list(target.kind(), listed);
    }

    private ObjectNode ofOne(HttpExchange exchange, Call call, Call.Target target, Key key)
            throws IOException, ApiException {
        return switch (call.method()) {
            case "GET" ->
                call.table()
                        ? Tables.table(target.kind(), List.of(objects.get(key)), Long.toString(store.version()))
                        : objects.get(key);
            case "PUT" -> objects.replace(key, target.status(), body(exchange));
            case "PATCH" -> patch(exchange, call, target, key);
            case "DELETE" -> objects.delete(key, grace(exchange, call));
            default -> throw ApiException.notAllowed();
        };
    }

    private ObjectNode patch(HttpExchange exchange, Call call, Call.Target target, Key key)
            throws IOException, ApiException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String bare = type == null ? "" : type.split(";", 2)[0].strip();
        if (bare.startsWith("application/apply-patch+")) {
            return objects.apply(key, target.status(), call.query("fieldManager"), body(exchange));
        }
        return objects.patch(key, target.status(), bare, tree(exchange));
    }

    private static @Nullable Long grace(HttpExchange exchange, Call call) throws IOException, ApiException {
        if (!call.query("gracePeriodSeconds").isEmpty()) {
            return Long.parseLong(call.query("gracePeriodSeconds"));
        }
        JsonNode options = tree(exchange);
        return options.hasNonNull("gracePeriodSeconds")
                ? (Long) options.path("gracePeriodSeconds").asLong()
                : null;
    }

    private static Selection selection(Call call, Call.Target target) {
        String fields = call.query("fieldSelector");
        if (target.name() != null) {
            fields = "metadata.name=" + target.name();
        }
        return Selection.of(target.kind(), target.namespace(), call.query("labelSelector"), fields);
    }

    private static ObjectNode list(Kind kind, ObjectStore.Listed listed) {
        ObjectNode list =
                Json.MAPPER.createObjectNode().put("kind", kind.kind() + "List").put("apiVersion", kind.apiVersion());
        list.putObject("metadata").put("resourceVersion", Long.toString(listed.version()));
        ArrayNode items = list.putArray("items");
        listed.objects().forEach(items::add);
        return list;
    }

    private void watch(HttpExchange exchange, Call call, Call.Target target)
            throws IOException, ApiException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", JSON);
        exchange.sendResponseHeaders(200, 0);
        watches.run(call, selection(call, target), exchange.getResponseBody());
    }

    private static ObjectNode body(HttpExchange exchange) throws IOException, ApiException {
        if (tree(exchange) instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badRequest("the body is not an object");
    }

    private static JsonNode tree(HttpExchange exchange) throws IOException, ApiException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null && type.contains("protobuf")) {
            throw ApiException.unsupported(type + " (this API takes JSON and YAML, as kubectl apply sends them)");
        }
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            // YAML is what an apply may be, and JSON is YAML but for its tabs.
            return text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")
                    ? Json.MAPPER.readTree(text)
                    : Json.YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("the body cannot be read: " + e.getOriginalMessage());
        }
    }

    /** How an error is said. */
    static ObjectNode status(ApiException error) {
        ObjectNode status = Json.MAPPER
                .createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", String.valueOf(error.getMessage()))
                .put("reason", error.reason())
                .put("code", error.code());
        status.putObject("metadata");
        return status;
    }

    private static void answer(HttpExchange exchange, int code, ObjectNode document) throws IOException {
        byte[] octets = Json.MAPPER.writeValueAsBytes(document);
        exchange.getResponseHeaders().set("Content-Type", JSON);
        exchange.sendResponseHeaders(code, octets.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(octets);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
