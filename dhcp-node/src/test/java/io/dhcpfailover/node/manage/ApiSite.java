package io.dhcpfailover.node.manage;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dhcpfailover.api.node.ConfigurationAnswer;
import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.configuration.ManifestException;
import io.dhcpfailover.node.manage.api.ManagementServer;
import io.dhcpfailover.node.network.Binding;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A server on loopback with its API, as a process without --manifests has it, and who asks it by mutual TLS. */
final class ApiSite {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String LOOPBACK = "127.0.0.1";

    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    final Authority authority = new Authority();
    final Path state;
    final Path tls;
    final Binding binding;
    private final ManagementServer.Limits limits;
    private final String name;
    private final String address;
    private final HttpClient client;
    private RunningServer server;
    private boolean stopped;

    ApiSite(Path folder) throws IOException, ManifestException {
        this(folder, ManagementServer.Limits.USUAL, "dhcp1", LOOPBACK);
    }

    ApiSite(Path folder, ManagementServer.Limits limits, String name, String address)
            throws IOException, ManifestException {
        this.limits = limits;
        this.name = name;
        this.address = address;
        state = folder.resolve("state");
        tls = authority.write(folder.resolve("tls"), authority.issue("server"));
        binding = Binding.loopback(freePort(), freePort());
        server = start();
        client = client(authority.issue("operator"));
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort();
        }
    }

    private RunningServer start() throws IOException, ManifestException {
        RunningServer started = new RunningServer(new Settings(
                new ObjectName(name),
                "net",
                null,
                state,
                new ManagementServer.Options(InetAddress.getByName(address), 0, tls, limits),
                binding,
                LinkChoice.ofLoopback(Ipv4Address.parse(address))));
        await("the API").atMost(PATIENCE).until(() -> started.apiPort() != 0);
        return started;
    }

    /** Stops the server, and starts it again with the same folder. */
    void restart() throws Exception {
        server.stop();
        server = start();
    }

    /** Stops the server. */
    void stop() throws Exception {
        server.stop();
        stopped = true;
    }

    /** Starts it again. */
    void restartStopped() throws Exception {
        server = start();
        stopped = false;
    }

    DhcpNode node() {
        return server.node();
    }

    int port() {
        return server.apiPort();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(address, port());
    }

    URI uri(String path) {
        return URI.create("https://" + address + ":" + port() + path);
    }

    /** Who shows that identity; null for none. */
    HttpClient client(Authority.@Nullable Identity identity) {
        return HttpClient.newBuilder().sslContext(authority.client(identity)).build();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> put(String path, byte[] body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    /** Has it hold this, which it must take. */
    ConfigurationAnswer hold(String document) throws IOException, InterruptedException {
        HttpResponse<String> response = put(NodeApi.CONFIGURATION, document);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return answer(response);
    }

    static ConfigurationAnswer answer(HttpResponse<String> response) throws IOException {
        return MAPPER.readValue(response.body(), ConfigurationAnswer.class);
    }

    NodeStatus status() throws IOException, InterruptedException {
        return status(get(NodeApi.STATUS).body());
    }

    static NodeStatus status(String json) throws IOException {
        return MAPPER.readValue(json, NodeStatus.class);
    }

    void close() throws Exception {
        if (!stopped) {
            server.stop();
        }
        client.close();
    }
}
