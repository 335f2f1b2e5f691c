package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.node.NodeApi;
import java.io.IOException;
import java.net.DatagramSocket;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The process as the operator starts it: without a folder of manifests, and with nobody else there after a crash. */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class ApiProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder = Path.of("");

    private final Authority authority = new Authority();

    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--server",
                "dhcp1",
                "--namespace",
                "net",
                "--state",
                folder.resolve("state").toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private static int freeTcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aServerThatWasKilledServesWhatItHeld() throws Exception {
        authority.write(folder.resolve("tls"), authority.issue("server"));
        int port = freeTcpPort();
        List<String> arguments = List.of(
                "--api-address",
                ApiSite.LOOPBACK,
                "--api-port",
                String.valueOf(port),
                "--tls",
                folder.resolve("tls").toString(),
                "--loopback-ports",
                freeUdpPort() + ":" + freeUdpPort());
        Process process = start(arguments);
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(authority.client(authority.issue("operator")))
                .build()) {
            HttpRequest put = HttpRequest.newBuilder(uri(port, NodeApi.CONFIGURATION))
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(Sent.alone(7, 1, "1h")))
                    .build();
            awaitStatus(client, put);
            process.destroyForcibly().onExit().join();

            process = start(arguments);
            awaitStatus(
                    client, HttpRequest.newBuilder(uri(port, NodeApi.READINESS)).build());
            HttpResponse<String> status = client.send(
                    HttpRequest.newBuilder(uri(port, NodeApi.STATUS)).build(), BodyHandlers.ofString());
            assertThat(ApiSite.status(status.body()).generation()).isEqualTo(7);
            assertThat(ApiSite.status(status.body()).scopes()).hasSize(1);
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    private static URI uri(int port, String path) {
        return URI.create("https://" + ApiSite.LOOPBACK + ":" + port + path);
    }

    private static void awaitStatus(HttpClient client, HttpRequest request) {
        await(request.uri().getPath())
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                client.send(request, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(200));
    }

    @Test
    void aCommandLineThatCouldNeverServeIsRefused() throws Exception {
        Process process = start(List.of());
        assertThat(process.waitFor()).isEqualTo(2);
        process = start(List.of("--api-address", ApiSite.LOOPBACK));
        assertThat(process.waitFor()).isEqualTo(2);
        process = start(List.of("--api-address", "0.0.0.0", "--api-plain"));
        assertThat(process.waitFor()).isEqualTo(2);

        assertThat(Files.readString(folder.resolve("log")))
                .contains("give --manifests", "give either --tls", "without TLS on loopback only");
    }
}
