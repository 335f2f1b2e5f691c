package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.node.ConfigurationAnswer;
import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.node.manage.api.ManagementServer;
import io.dhcpfailover.node.manage.api.NodeOperations;
import io.dhcpfailover.node.manage.leases.LeaseReview;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stream of a server's status, with a server that says what the test wants. */
@Timeout(300)
class ApiWatchersTest {

    private static final int WATCHERS = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder = Path.of("");

    private final Authority authority = new Authority();
    private final StandIn node = new StandIn();
    private ManagementServer server;

    @BeforeEach
    void start() throws Exception {
        Path tls = authority.write(folder.resolve("tls"), authority.issue("server"));
        server = ManagementServer.start(new ManagementServer.Options(InetAddress.getLoopbackAddress(), 0, tls), node);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CompletableFuture<Void> watch(HttpClient client, AtomicInteger begun, AtomicInteger changed) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://" + ApiSite.LOOPBACK + ":" + server.port() + NodeApi.STATUS_STREAM))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return client.sendAsync(request, BodyHandlers.fromLineSubscriber(new LineCounter(line -> {
                    if (line.startsWith("data: ")) {
                        begun.incrementAndGet();
                        if (line.contains("\"generation\":2")) {
                            changed.incrementAndGet();
                        }
                    }
                })))
                .thenAccept(response -> {});
    }

    @Test
    void aThousandWatchersAreToldByOneLook() {
        AtomicInteger events = new AtomicInteger();
        AtomicInteger changed = new AtomicInteger();
        HttpClient client = HttpClient.newBuilder()
                .sslContext(authority.client(authority.issue("watcher")))
                .build();
        List<CompletableFuture<Void>> streams = Stream.generate(() -> watch(client, events, changed))
                .limit(WATCHERS)
                .toList();
        await("the first event of each").atMost(PATIENCE).until(() -> events.get() >= WATCHERS);
        int looksBefore = node.looks.get();

        node.generation.set(2);
        long start = System.nanoTime();
        server.changed();
        await("the change at each").atMost(PATIENCE).until(() -> changed.get() >= WATCHERS);

        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertThat(changed.get()).isEqualTo(WATCHERS);
        assertThat(node.looks.get() - looksBefore).isLessThanOrEqualTo((int) seconds + 3);
        System.out.println(WATCHERS + " watchers heard of a change within "
                + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        streams.forEach(stream -> assertThat(stream).isNotDone());
        client.shutdownNow();
    }

    @Test
    void whatIsOnlyCountedIsToldOnceASecond() throws Exception {
        AtomicInteger events = new AtomicInteger();
        HttpClient client = HttpClient.newBuilder()
                .sslContext(authority.client(authority.issue("watcher")))
                .build();
        CompletableFuture<Void> stream = watch(client, events, new AtomicInteger());
        await().atMost(PATIENCE).until(() -> events.get() == 1);
        node.counting = true;
        long start = System.nanoTime();

        await().atMost(PATIENCE).until(() -> events.get() >= 4);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1900));
        assertThat(stream).isNotDone();
        client.shutdownNow();
    }

    /** The status is of some size, so that what the system's buffers hold does not matter. */
    @Test
    void whoReadsNothingTakesNothingFromOthers() throws Exception {
        node.text = "x".repeat(1 << 20);
        node.counting = true;
        try (SSLSocket stuck = (SSLSocket)
                authority.client(authority.issue("stuck")).getSocketFactory().createSocket()) {
            stuck.setReceiveBufferSize(4096);
            stuck.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            stuck.getOutputStream()
                    .write(("GET " + NodeApi.STATUS_STREAM + " HTTP/1.1\r\nHost: node\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            stuck.getOutputStream().flush();
            AtomicInteger events = new AtomicInteger();
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(authority.client(authority.issue("watcher")))
                    .build();
            CompletableFuture<Void> stream = watch(client, events, new AtomicInteger());
            await().atMost(PATIENCE).until(() -> events.get() >= 5);
            assertThat(stream).isNotDone();
            await("it is dropped").atMost(PATIENCE).until(() -> isClosed(stuck));
            client.shutdownNow();
        }
    }

    /** It reads only what was on its way. */
    private static boolean isClosed(SSLSocket socket) {
        if (socket.isClosed()) {
            return true;
        }
        try {
            // A write is refused once the other side has closed the connection.
            socket.getOutputStream().write('x');
            socket.getOutputStream().flush();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Says what it is told to. */
    private static final class StandIn implements NodeOperations {
        final AtomicInteger looks = new AtomicInteger();
        final AtomicLong generation = new AtomicLong(1);
        final Instant startedAt = Instant.now();
        volatile boolean counting;
        volatile String text = "test";

        @Override
        public NodeStatus status() {
            int look = looks.incrementAndGet();
            return new NodeStatus(
                    "net",
                    "dhcp1",
                    text,
                    Instant.now(),
                    startedAt,
                    null,
                    generation.get(),
                    null,
                    true,
                    true,
                    false,
                    true,
                    counting ? look : 0,
                    List.of(),
                    List.of(),
                    List.of());
        }

        @Override
        public Put putConfiguration(String json) {
            return new Put(Verdict.HELD, new ConfigurationAnswer(1, "", List.of()));
        }

        @Override
        public Put putScope(String name, String json) {
            return putConfiguration(json);
        }

        @Override
        public Put putRelationship(String name, String json) {
            return putConfiguration(json);
        }

        @Override
        public @Nullable String configuration() {
            return null;
        }

        @Override
        public void partnerDown(String relationship, @Nullable Instant lastSeen) {}

        @Override
        public void provedDown(String relationship, Instant at) {}

        @Override
        public void resync(String relationship) {}

        @Override
        public void startMaintenance() {}

        @Override
        public void endMaintenance() {}

        @Override
        public LeaseReview leases() {
            throw new UnsupportedOperationException("nobody asks for leases here");
        }

        @Override
        public String metrics() {
            return "";
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public boolean isReady() {
            return true;
        }
    }
}
