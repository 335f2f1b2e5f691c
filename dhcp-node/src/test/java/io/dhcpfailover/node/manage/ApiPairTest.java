package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.api.node.NodeProblem;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.node.manage.api.ManagementServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that were told of each other by their APIs, and what an operator does with them. */
@Timeout(180)
class ApiPairTest {

    private static final String PARTNER_DOWN = NodeApi.PARTNER_DOWN.replace("{name}", "pair");
    private static final String RESYNC = NodeApi.RESYNC.replace("{name}", "pair");

    /** What a change may take to who watches, on a machine that does much else. */
    private static final Duration TOLD = Duration.ofMillis(300);

    @TempDir
    private Path folder = Path.of("");

    private int port;
    private ApiSite first;
    private ApiSite second;

    @BeforeEach
    void start() throws Exception {
        port = freePort();
        String document = document(1, "correct horse battery staple");
        first = new ApiSite(folder.resolve("1"), ManagementServer.Limits.USUAL, "dhcp1", "127.0.0.1");
        second = new ApiSite(folder.resolve("2"), ManagementServer.Limits.USUAL, "dhcp2", "127.0.0.2");
        first.hold(document);
        second.hold(document);
        awaitStates(FailoverState.Normal, FailoverState.Normal);
    }

    private String document(long generation, String secret) {
        String failoverPort = ", \"failoverPort\": " + port;
        return Sent.document(
                generation,
                Sent.server("dhcp1", "127.0.0.1").replace("\"127.0.0.1\"", "\"127.0.0.1\"" + failoverPort),
                Sent.server("dhcp2", "127.0.0.2").replace("\"127.0.0.2\"", "\"127.0.0.2\"" + failoverPort),
                Sent.relationship(1, ""),
                Sent.secret(secret),
                Sent.scope("office", 7, 1, "1h")
                        .replace("\"server\": \"dhcp1\"", "\"failoverRelationship\": \"pair\""));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws Exception {
        first.close();
        second.close();
    }

    private static RelationshipReport pair(ApiSite site) throws Exception {
        return site.status().relationships().getFirst();
    }

    private void awaitStates(FailoverState mine, FailoverState partners) {
        await(mine + "/" + partners)
                .atMost(ApiSite.PATIENCE)
                .until(() -> pair(first).state() == mine && pair(second).state() == partners);
    }

    @Test
    void eachSaysWhatThePairIs() throws Exception {
        await().atMost(ApiSite.PATIENCE)
                .until(() -> pair(second).freeThis() > 0 && pair(second).unackedUpdates() == 0);
        RelationshipReport report = pair(first);
        RelationshipReport other = pair(second);

        assertThat(report.connected()).isTrue();
        assertThat(report.partnerState()).isEqualTo(FailoverState.Normal);
        assertThat(report.hash()).isEqualTo(other.hash());
        assertThat(report.servedHash()).isEqualTo(other.servedHash());
        assertThat(report.clockSkewMilliseconds()).isNotNull().isBetween(-2000L, 2000L);
        assertThat(report.freeThis() + report.freePartner()).isEqualTo(10);
        assertThat(other.freeThis()).isEqualTo(report.freePartner());
        assertThat(report.since()).isNotNull();
    }

    @Test
    void inMaintenanceThePartnerServesAlsoAfterARestart() throws Exception {
        assertThat(first.post(NodeApi.MAINTENANCE_START, "").statusCode()).isEqualTo(204);
        awaitStates(FailoverState.Paused, FailoverState.CommunicationsInterrupted);
        assertThat(first.status().maintenance()).isTrue();
        assertThat(pair(first).connected()).isTrue();

        first.restart();
        assertThat(first.status().maintenance()).isTrue();
        awaitStates(FailoverState.Paused, FailoverState.CommunicationsInterrupted);

        assertThat(first.post(NodeApi.MAINTENANCE_END, "").statusCode()).isEqualTo(204);
        awaitStates(FailoverState.Normal, FailoverState.Normal);
        assertThat(first.status().maintenance()).isFalse();
    }

    @Test
    void aPartnerThatIsHeardIsNotTakenForDown() throws Exception {
        HttpResponse<String> refused = first.post(PARTNER_DOWN, "{}");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("the partner is in touch");
    }

    @Test
    void aPartnerThatIsGoneIsTakenForDown() throws Exception {
        second.stop();
        long stopped = Instant.now().getEpochSecond();
        await().atMost(ApiSite.PATIENCE).until(() -> !pair(first).connected());
        // Taken for down in the second in which it still served, it would be a conflict.
        await().until(() -> Instant.now().getEpochSecond() > stopped);

        assertThat(first.post(PARTNER_DOWN, "{\"partnerLastSeen\": \"2026-01-31T08:00:00Z\"}")
                        .statusCode())
                .isEqualTo(204);
        await().atMost(ApiSite.PATIENCE).until(() -> pair(first).state() == FailoverState.PartnerDown);
        assertThat(pair(first).leadTimeEndsAt()).isNotNull();
        assertThat(pair(first).transitionsToPartnerDown()).isEqualTo(1);
        second.restartStopped();
        // What it may have promised before it stopped lasts for one MCLT.
        awaitStates(FailoverState.PartnerDown, FailoverState.RecoverWait);
    }

    @Test
    void aPartnerWithAnotherSecretIsAProblemUntilBothHaveTheSame() throws Exception {
        second.hold(document(2, "incorrect donkey battery staple"));
        second.restart();
        await().atMost(ApiSite.PATIENCE)
                .untilAsserted(() -> assertThat(first.status().problems())
                        .extracting(NodeProblem::reason, NodeProblem::object)
                        .contains(tuple("AuthenticationFailed", "pair")));

        second.hold(document(3, "correct horse battery staple"));
        // Which would try again after a minute.
        first.restart();
        awaitStates(FailoverState.Normal, FailoverState.Normal);
        assertThat(second.status().problems()).isEmpty();
    }

    @Test
    void aWrongTimeIsRefused() throws Exception {
        assertThat(first.post(PARTNER_DOWN, "{\"partnerLastSeen\": \"yesterday\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aResyncAsksThePartnerForAllItKnows() throws Exception {
        await().atMost(ApiSite.PATIENCE)
                .until(() -> pair(second).freeThis() > 0 && pair(first).unackedUpdates() == 0);
        long before = pair(second).updatesReceived();

        assertThat(second.post(RESYNC, "").statusCode()).isEqualTo(204);

        await().atMost(ApiSite.PATIENCE).until(() -> pair(second).updatesReceived() > before);
        assertThat(pair(second).state()).isEqualTo(FailoverState.Normal);
    }

    @Test
    void whoWatchesHearsOfAChangeOfStateAtOnce() throws Exception {
        List<Duration> waits = new ArrayList<>();
        try (ApiStream stream = new ApiStream(first)) {
            for (int i = 0; i < 5; i++) {
                long start = System.nanoTime();
                assertThat(first.post(NodeApi.MAINTENANCE_START, "").statusCode())
                        .isEqualTo(204);
                stream.await(status -> state(status) == FailoverState.Paused);
                waits.add(Duration.ofNanos(System.nanoTime() - start));
                assertThat(first.post(NodeApi.MAINTENANCE_END, "").statusCode()).isEqualTo(204);
                stream.await(status -> state(status) == FailoverState.Normal);
            }
        }
        System.out.println("A change of state was on the stream, its request included, after "
                + waits.stream().map(Duration::toMillis).toList() + " ms");
        assertThat(waits.stream().sorted().toList().get(2)).isLessThan(TOLD);
    }

    private static FailoverState state(NodeStatus status) {
        return status.relationships().getFirst().state();
    }
}
