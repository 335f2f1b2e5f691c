package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.manage.api.ManagementServer;
import io.dhcpfailover.node.network.Binding;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import io.dhcpfailover.node.wire.PacketEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A server that runs, looked at from outside: by its API, and by the command line. Its clients come by a relay. */
class ReviewTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path folder = Path.of("");

    private static @Nullable RunningServer started;
    private static int dhcpPort;
    private static int apiPort;

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Manifests manifests = Manifests.in(folder.resolve("manifests"));
        manifests.scope("office", "192.0.2.0/24", "192.0.2.10", "192.0.2.40", ", leaseDuration: 1h");
        manifests.scope("branch", "198.51.100.0/24", "198.51.100.10", "198.51.100.19", "");
        dhcpPort = freePort();
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            apiPort = socket.getLocalPort();
        }
        started = new RunningServer(new Settings(
                new ObjectName(Manifests.SERVER),
                null,
                manifests.folder(),
                state(),
                new ManagementServer.Options(LOOPBACK, apiPort, null),
                Binding.loopback(dhcpPort, freePort()),
                LinkChoice.ofLoopback(Ipv4Address.parse("127.0.0.1"))));
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> get("/v1/status").status() == 200);
    }

    @AfterAll
    static void stop() throws Exception {
        server().stop();
    }

    private static RunningServer server() {
        return Objects.requireNonNull(started);
    }

    private static Path state() {
        return folder.resolve("state");
    }

    private static String mac(int client) {
        return new MacAddress(0x0200_5E00_0000L + client).toString();
    }

    private static void send(int client, String network, Options.Builder options, String ciaddr) throws IOException {
        DhcpPacket packet = new DhcpPacket(
                DhcpPacket.Op.BOOTREQUEST,
                1,
                client,
                0,
                0,
                Ipv4Address.parse(ciaddr),
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.parse(network + ".1"),
                HardwareAddress.of(new MacAddress(0x0200_5E00_0000L + client)),
                "",
                "",
                options.build());
        byte[] octets = PacketEncoder.encode(packet, 1472);
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            socket.send(new DatagramPacket(octets, octets.length, LOOPBACK, dhcpPort));
        }
    }

    /** A client gets the address; what the server says goes to its relay, which is not there. */
    private static void lease(int client, String network, int host) throws Exception {
        String address = network + "." + host;
        Options.Builder discover = new Options.Builder()
                .put(DhcpOption.MESSAGE_TYPE, MessageType.DISCOVER)
                .put(DhcpOption.REQUESTED_ADDRESS, Ipv4Address.parse(address));
        send(client, network, discover, "0.0.0.0");
        Options.Builder request = new Options.Builder()
                .put(DhcpOption.MESSAGE_TYPE, MessageType.REQUEST)
                .put(DhcpOption.SERVER_IDENTIFIER, Ipv4Address.parse("127.0.0.1"))
                .put(DhcpOption.REQUESTED_ADDRESS, Ipv4Address.parse(address))
                .put(DhcpOption.HOST_NAME, "host-" + client);
        send(client, network, request, "0.0.0.0");
        await().until(() -> get("/v1/leases?client=" + mac(client))
                .body()
                .path("items")
                .path(0)
                .path("state")
                .asText()
                .equals("ACTIVE"));
    }

    private record Answer(int status, JsonNode body) {}

    private static Answer ask(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body().startsWith("{") ? JSON.readTree(response.body()) : JSON.nullNode());
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + apiPort + path);
    }

    private static Answer get(String path) throws Exception {
        return ask(HttpRequest.newBuilder(address(path)));
    }

    private static Answer post(String path) throws Exception {
        return ask(HttpRequest.newBuilder(address(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private record Said(int code, String out, String err) {}

    private static Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Main())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Said(code, out.toString(), err.toString());
    }

    private static List<String> addresses(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(lease -> lease.path("address").asText())
                .toList();
    }

    @Test
    void leasesArePagedAndPickedOut() throws Exception {
        lease(1, "198.51.100", 12);
        lease(2, "198.51.100", 11);
        lease(3, "198.51.100", 13);
        JsonNode first = get("/v1/leases?scope=branch&limit=2").body();
        assertThat(addresses(first)).containsExactly("198.51.100.11", "198.51.100.12");
        JsonNode rest = get("/v1/leases?scope=branch&limit=2&after="
                        + first.path("next").asText())
                .body();
        assertThat(addresses(rest)).containsExactly("198.51.100.13");
        assertThat(rest.has("next")).isFalse();
        assertThat(addresses(get("/v1/leases?hostName=HOST-2").body())).containsExactly("198.51.100.11");
        JsonNode lease = get("/v1/leases/198.51.100.12").body();
        assertThat(lease.path("scope").asText()).isEqualTo("branch");
        assertThat(lease.path("hardwareAddress").asText()).isEqualTo(mac(1));
        assertThat(lease.path("hostName").asText()).isEqualTo("host-1");
        assertThat(lease.path("end").asText()).endsWith("Z");

        Said table = run("leases", "--state", state().toString(), "--scope", "branch");
        assertThat(table.err()).isEmpty();
        assertThat(table.out().lines())
                .hasSize(4)
                .anyMatch(line -> line.matches("198\\.51\\.100\\.12 +ACTIVE +01:02:00:5e:00:00:01 +\\S+Z +host-1"));
        Said json = run("leases", "--state", state().toString(), "--client", mac(3), "-o", "json");
        assertThat(JSON.readTree(json.out()))
                .singleElement()
                .satisfies(each -> assertThat(each.path("address").asText()).isEqualTo("198.51.100.13"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/leases?limit=0         | 400 | limit is 0",
                "/v1/leases?limit=x         | 400 | limit: 'x' is no number",
                "/v1/leases?scope=attic     | 400 | no scope attic",
                "/v1/leases?state=lost      | 400 | 'lost' is no state",
                "/v1/leases?client=printer  | 400 | 'printer' is no client",
                "/v1/leases/192.0.2.99      | 404 | nothing is known of 192.0.2.99",
                "/v1/leases/nowhere         | 400 | nowhere",
                "/v1/history?from=yesterday | 400 | 'yesterday' is no time",
                "/v1/explain                | 400 | client is missing",
                "/v1/explain?client=02:00:5e:00:00:01&interface=eth9 | 400 | no interface eth9"
            })
    void whatIsWrongIsNamed(String path, int status, String message) throws Exception {
        Answer answer = get(path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("message").asText()).contains(message);
    }

    @Test
    void aLeaseIsReleasedAndWhoHadItIsKnown() throws Exception {
        lease(20, "192.0.2", 20);
        assertThat(post("/v1/leases/192.0.2.20/release").status()).isEqualTo(204);
        assertThat(get("/v1/leases/192.0.2.20").body().path("state").asText()).isEqualTo("FREE");
        Answer again = post("/v1/leases/192.0.2.20/release");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().path("message").asText()).contains("nothing to release");
        await().until(() ->
                get("/v1/history?address=192.0.2.20").body().path("items").size() == 2);
        JsonNode history = get("/v1/history?address=192.0.2.20").body().path("items");
        assertThat(history.path(0).path("action").asText()).isEqualTo("ADMINISTRATOR_RELEASED");
        assertThat(history.path(1).path("action").asText()).isEqualTo("ASSIGNED");
        assertThat(history.path(1).path("relay").asText()).isEqualTo("192.0.2.1");
        String then = history.path(1).path("time").asText();
        assertThat(get("/v1/history/192.0.2.20").body().has("by")).isFalse();
        Said said = run("history", "--state", state().toString(), "--client", mac(20));
        assertThat(said.out()).contains("ASSIGNED", "ADMINISTRATOR_RELEASED", then);
        assertThat(run("history", "--state", state().toString(), "--at", then).code())
                .isEqualTo(2);
    }

    @Test
    void anAbandonedAddressIsReset() throws Exception {
        lease(21, "192.0.2", 21);
        send(
                21,
                "192.0.2",
                new Options.Builder()
                        .put(DhcpOption.MESSAGE_TYPE, MessageType.DECLINE)
                        .put(DhcpOption.SERVER_IDENTIFIER, Ipv4Address.parse("127.0.0.1"))
                        .put(DhcpOption.REQUESTED_ADDRESS, Ipv4Address.parse("192.0.2.21")),
                "0.0.0.0");
        await().until(() ->
                get("/v1/leases/192.0.2.21").body().path("state").asText().equals("ABANDONED"));
        Said said = run("reset", "--state", state().toString(), "192.0.2.21");
        assertThat(said.out()).isEqualTo("192.0.2.21: the address is free again\n");
        assertThat(run("reset", "--state", state().toString(), "192.0.2.21").err())
                .contains("FREE and not ABANDONED");
        assertThat(post("/v1/leases/192.0.2.21/reset").status()).isEqualTo(409);
    }

    @Test
    void aClientIsExplained() throws Exception {
        lease(30, "192.0.2", 30);
        JsonNode place =
                get("/v1/explain?client=" + mac(30)).body().path("places").path(0);
        assertThat(place.path("scope").asText()).isEqualTo("office");
        assertThat(place.path("address").asText()).isEqualTo("192.0.2.30");
        assertThat(place.path("leaseSeconds").asLong()).isEqualTo(3600);
        assertThat(place.path("renewal").asText()).isEqualTo("ACKNOWLEDGED");
        assertThat(place.path("options").size()).isGreaterThan(3);
        Said said = run("explain", "--state", state().toString(), mac(31), "--relay", "198.51.100.1");
        assertThat(said.out()).contains("scope branch: is offered 198.51.100.", "the lease time is that of the scope");
        assertThat(run("explain", "--state", state().toString(), "printer").err())
                .contains("'printer' is no client");
    }

    @Test
    void theServerIsLookedAt() throws Exception {
        Said status = run("status", "--state", state().toString());
        assertThat(status.err()).isEmpty();
        assertThat(status.out().lines().toList().get(1)).startsWith("dhcp1").contains("healthy");
        assertThat(JSON.readTree(run("status", "--state", state().toString(), "-o", "json")
                                .out())
                        .path("server")
                        .asText())
                .isEqualTo("dhcp1");
        assertThat(run("scopes", "--state", state().toString()).out().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("office"));
        assertThat(run("status", "--state", folder.resolve("elsewhere").toString())
                        .err())
                .contains("no server runs with");
    }

    @Test
    void metricsAreToldWithoutACertificate() throws Exception {
        lease(40, "192.0.2", 35);
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(address("/metrics")).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/plain; version=0.0.4");
        assertThat(response.body().lines())
                .anyMatch(line -> line.startsWith("dhcp_packets_total{outcome=\"OFFERED\",type=\"DISCOVER\"} "))
                .anyMatch(line -> line.startsWith("dhcp_packets_total{outcome=\"ACKNOWLEDGED\",type=\"REQUEST\"} "))
                .anyMatch(line -> line.matches("dhcp_response_seconds_count\\{type=\"OFFER\"} [1-9].*"))
                .anyMatch(line -> line.matches("dhcp_response_seconds_count\\{type=\"ACK\"} [1-9].*"))
                .anyMatch(line -> line.matches("dhcp_journal_sync_seconds_count [1-9].*"))
                .anyMatch(line -> line.matches("dhcp_storage_free_bytes [1-9].*"))
                .contains("dhcp_storage_healthy 1.0", "dhcp_authorized 1.0")
                .anyMatch(line -> line.matches("dhcp_scope_config_info\\{hash=\"\\w+\",scope=\"office\"} 1"))
                .anyMatch(line -> line.startsWith("dhcp_scope_addresses{owner=\"any\",relationship=\"\","
                        + "scope=\"office\",state=\"active\"}"));
    }
}
