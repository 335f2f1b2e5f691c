package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.node.manage.api.ManagementServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in to the API of a server, and what nobody can do to it. */
@Timeout(300)
class ApiConnectionTest {

    private static final int CONNECTIONS = 20;
    private static final Duration REQUEST_MAX = Duration.ofSeconds(3);

    @TempDir
    private Path folder = Path.of("");

    private ApiSite site;

    @BeforeEach
    void start() throws Exception {
        site = new ApiSite(folder, new ManagementServer.Limits(REQUEST_MAX, CONNECTIONS), "dhcp1", ApiSite.LOOPBACK);
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    private HttpResponse<String> get(HttpClient client, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(site.uri(path)).build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NodeApi.STATUS,
                NodeApi.STATUS_STREAM,
                NodeApi.CONFIGURATION,
                "/v1/anything",
                "//v1/status",
                "/v1;a/status",
                "/%761/status",
                "/health/../v1/status",
                "/nothing"
            })
    void whoShowsNoCertificateIsAskedForOne(String path) throws Exception {
        try (HttpClient client = site.client(null)) {
            assertThat(get(client, path))
                    .returns(401, HttpResponse::statusCode)
                    .extracting(HttpResponse::body)
                    .asString()
                    .contains("certificate");
        }
    }

    @Test
    void probesNeedNoCertificate() throws Exception {
        try (HttpClient client = site.client(null)) {
            assertThat(get(client, NodeApi.LIVENESS).statusCode()).isEqualTo(200);
            assertThat(get(client, NodeApi.READINESS).statusCode()).isEqualTo(503);
            site.hold(Sent.alone(1, 1, "1h"));
            await().atMost(ApiSite.PATIENCE)
                    .until(() -> get(client, NodeApi.READINESS).statusCode() == 200);
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefusedInTheHandshake() throws Exception {
        Authority other = new Authority();
        try (HttpClient client = site.client(other.issue("operator"))) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(client, NodeApi.LIVENESS));
        }
    }

    @Test
    void whatIsNotThereIsSaidInOneSentence() throws Exception {
        assertThat(site.get("/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(site.get("/v1/nothing").body()).startsWith("{\"message\":");
        assertThat(site.post(NodeApi.STATUS, "{}").statusCode()).isEqualTo(405);
        assertThat(site.post(NodeApi.PARTNER_DOWN.replace("{name}", "pair"), "{}"))
                .returns(404, HttpResponse::statusCode)
                .returns("{\"message\":\"there is no relationship pair on this server\"}", HttpResponse::body);
    }

    @Test
    void aStuckEngineIsNotLive() throws Exception {
        var stuck = site.node().happened("none", now -> {
            sleep(Duration.ofSeconds(8));
            throw new IllegalStateException("the engine was stuck for a test");
        });

        await().atMost(Duration.ofSeconds(7))
                .until(() -> site.get(NodeApi.LIVENESS).statusCode() == 503);
        await().atMost(ApiSite.PATIENCE).until(() -> site.get(NodeApi.LIVENESS).statusCode() == 200);
        assertThat(stuck).isCompletedExceptionally();
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoAsksSlowlyIsCutOff() throws Exception {
        try (SSLSocket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT " + NodeApi.CONFIGURATION + " HTTP/1.1\r\nHost: node\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 1000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(isCutOff(socket, " ")).isTrue();
        }
        try (SSLSocket socket = connect()) {
            socket.getOutputStream().write("GET /v1/status HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(isCutOff(socket, "X-Slow: 1\r\n")).isTrue();
        }
        assertThat(site.get(NodeApi.STATUS).statusCode()).isEqualTo(200);
    }

    private SSLSocket connect() throws IOException {
        SSLSocket socket = (SSLSocket) site.authority
                .client(site.authority.issue("slow"))
                .getSocketFactory()
                .createSocket();
        socket.connect(site.address());
        socket.setSoTimeout(500);
        socket.startHandshake();
        return socket;
    }

    private static boolean isCutOff(Socket socket, String drop) throws IOException {
        InputStream in = socket.getInputStream();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < end) {
            try {
                socket.getOutputStream().write(drop.getBytes(StandardCharsets.US_ASCII));
                if (in.read() < 0) {
                    return true;
                }
            } catch (java.net.SocketTimeoutException e) {
                // Nothing was said yet.
            } catch (IOException e) {
                return true;
            }
        }
        return false;
    }

    @Test
    void thereAreOnlySoManyConnections() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS + 5; i++) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), site.port()));
            }
            await().atMost(ApiSite.PATIENCE)
                    .until(() -> sockets.stream().filter(this::isClosed).count() >= 5);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        await().atMost(ApiSite.PATIENCE)
                .ignoreExceptions()
                .until(() -> site.get(NodeApi.STATUS).statusCode() == 200);
    }

    private boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(10);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void headersAreLimited() throws Exception {
        HttpResponse<String> response =
                site.send(HttpRequest.newBuilder(site.uri(NodeApi.STATUS)).header("X-Large", "x".repeat(100_000)));

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void newCertificatesAreUsedWithoutBreakingStreams() throws Exception {
        site.hold(Sent.alone(1, 1, "1h"));
        BigInteger before = serial();
        try (ApiStream stream = new ApiStream(site)) {
            stream.next();
            // As the kubelet does: another folder, and a link that changes in one step.
            Authority.Identity next = site.authority.issue("server");
            Path other = site.authority.write(folder.resolve("other"), next);
            for (String file : List.of("tls.key", "tls.crt")) {
                Files.move(other.resolve(file), site.tls.resolve(file), StandardCopyOption.ATOMIC_MOVE);
            }
            await().atMost(ApiSite.PATIENCE)
                    .until(() -> serial().equals(next.certificate().getSerialNumber()));
            assertThat(serial()).isNotEqualTo(before);

            site.hold(Sent.alone(2, 1, "1h"));
            stream.await(status -> status.generation() == 2);
        }
    }

    @Test
    void filesThatDoNotFitAreNotUsed() throws Exception {
        BigInteger before = serial();
        Path other = site.authority.write(folder.resolve("other"), site.authority.issue("server"));

        Files.move(other.resolve("tls.key"), site.tls.resolve("tls.key"), StandardCopyOption.ATOMIC_MOVE);
        sleep(Duration.ofSeconds(5));

        assertThat(serial()).isEqualTo(before);
    }

    /** Of the certificate that a new connection is shown. */
    private BigInteger serial() throws IOException {
        try (SSLSocket socket = connect()) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }

    @Test
    void withoutTlsItIsOnLoopbackOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ManagementServer.Options(InetAddress.getByName("192.0.2.1"), 1, null))
                .withMessageContaining("loopback only");
    }
}
