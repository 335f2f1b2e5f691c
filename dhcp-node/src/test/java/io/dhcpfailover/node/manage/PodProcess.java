package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.node.NodeApi;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The server as a pod runs it: by the image's options and class path, without manifests, with its API by mutual TLS. It is
 * on loopback here.
 */
final class PodProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path folder;
    private final Map<String, String> environment;
    private final Authority authority = new Authority();
    private final HttpClient client;
    private final int udpPort;
    private final int clientPort;
    private final int apiPort;
    private Process process;

    /**
     * Starts one.
     *
     * @param folder of all that it keeps
     * @param java the command line of its Java, up to the name of the class
     */
    PodProcess(Path folder, List<String> java) throws IOException {
        this(folder, java, Map.of());
    }

    PodProcess(Path folder, List<String> java, Map<String, String> environment) throws IOException {
        this.folder = folder;
        this.environment = environment;
        authority.write(folder.resolve("tls"), authority.issue("server"));
        client = HttpClient.newBuilder()
                .sslContext(authority.client(authority.issue("operator")))
                .build();
        udpPort = freeUdpPort();
        clientPort = freeUdpPort();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            apiPort = socket.getLocalPort();
        }
        process = start(java);
    }

    /** The Java of the tests, with their class path, and with the log that the server has without them. */
    static List<String> javaOfTests() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"));
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort();
        }
    }

    private Process start(List<String> java) throws IOException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(
                Main.class.getName(),
                "--server",
                "dhcp1",
                "--namespace",
                "net",
                "--state",
                folder.resolve("state").toString(),
                "--api-address",
                ApiSite.LOOPBACK,
                "--api-port",
                String.valueOf(apiPort),
                "--tls",
                folder.resolve("tls").toString(),
                "--loopback-ports",
                udpPort + ":" + clientPort));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Path log() {
        return folder.resolve("log");
    }

    /** Starts it again with what it keeps; it has to have ended. */
    void startAgain(List<String> java) throws IOException {
        process = start(java);
    }

    /** Its relay. */
    LoopbackRelay relay() throws IOException {
        return new LoopbackRelay(udpPort);
    }

    /** Asks its API, until it answers with a status. */
    HttpResponse<String> get(String path, int status) throws IOException, InterruptedException {
        return await(HttpRequest.newBuilder(uri(path)), status);
    }

    /** Has it hold a configuration. */
    void hold(String document) throws IOException, InterruptedException {
        HttpResponse<String> _ = await(
                HttpRequest.newBuilder(uri(NodeApi.CONFIGURATION))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(document)),
                200);
    }

    private URI uri(String path) {
        return URI.create("https://" + ApiSite.LOOPBACK + ":" + apiPort + path);
    }

    private HttpResponse<String> await(HttpRequest.Builder request, int status)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String answer;
            try {
                HttpResponse<String> response =
                        client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
                if (response.statusCode() == status) {
                    return response;
                }
                answer = response.statusCode() + " " + response.body();
            } catch (IOException e) {
                answer = e.toString();
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(request.build() + ": " + answer + "; its log: " + said());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** All that it has said. */
    String said() throws IOException {
        return Files.readString(log());
    }

    /** Whether it runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as Kubernetes does; its exit code. */
    int end() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server does not end: " + said());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        client.close();
    }
}
