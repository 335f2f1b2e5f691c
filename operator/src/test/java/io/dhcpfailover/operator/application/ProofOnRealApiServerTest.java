package io.dhcpfailover.operator.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.operator.node.Reports;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a server is taken for down because the cluster proves that it has ended, and when not: docs/witness.md. */
@ExtendWith(ClusterCondition.class)
final class ProofOnRealApiServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Long enough for its kubelet to have started it again, and for a clock that is a minute behind. */
    private final Instant ended = Instant.now().minusSeconds(100).truncatedTo(ChronoUnit.SECONDS);

    private final Site site = new Site();

    ProofOnRealApiServerTest() throws IOException {}

    @BeforeEach
    void bringThePairUp() {
        site.startOperator("none.invalid/dhcp-node:1");
        site.applyPair("");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(site.state()).isEqualTo("Normal/Normal");
            assertThat(site.note("dhcp2", "served-pod")).isEqualTo(site.uid("dhcp2"));
        });
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** As its partner sees it, and the operator. */
    private void loseDhcp2() {
        site.dhcp2.stop();
        sayOf1(FailoverState.CommunicationsInterrupted, false);
    }

    private void sayOf1(FailoverState state, boolean connected) {
        site.dhcp1.says(status -> Reports.with(status, report -> Reports.in(report, state, connected)));
    }

    private List<String> told() {
        return site.dhcp1.calls().stream()
                .filter(call -> call.startsWith("POST /v1/relationships/dhcp2-dhcp1/partner-down"))
                .toList();
    }

    @Test
    void aServerThatHasEndedForGoodIsTakenForDownAndTheSuccessorKnows() throws IOException {
        String first = site.uid("dhcp2");
        site.node2.crash(ended);
        loseDhcp2();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told()).isNotEmpty());

        // The successor was told before the pod went, and the time is that of the end, a minute later: clocks may
        // differ.
        assertThat(told().getFirst()).contains("\"provedAt\":\"" + ended.plusSeconds(60) + "\"");
        assertThat(site.uid("dhcp2")).isNotEqualTo(first);
        assertThat(site.toldToSuccessor("dhcp2")).startsWith("dhcp2-dhcp1=");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(site.pod("dhcp2"))
                        .satisfies(pod -> assertThat(
                                        pod.getSpec().getContainers().getFirst().getEnv())
                                .anyMatch(each -> each.getName().equals("DHCP_NODE_DECLARED_DOWN"))));
        sayOf1(FailoverState.PartnerDown, false);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(site.state()).isEqualTo("PartnerDown/Unknown");
            assertThat(site.events())
                    .anyMatch(event ->
                            event.startsWith("PartnerDownProved: dhcp1 takes dhcp2 for down, which had ended by "
                                    + ended.plusSeconds(60) + ": its kubelet has ended the pod: Error, exit code 1"));
        });

        site.node2.mend();
        site.dhcp2.start();
        sayOf1(FailoverState.Normal, true);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(site.state()).isEqualTo("Normal/Normal");
            assertThat(site.toldToSuccessor("dhcp2")).isEmpty();
        });
    }

    /** The successor is told, the pod is on its way out, and then the operator ends. */
    @Test
    void anotherOperatorGoesOnWhereOneEnded() {
        String first = site.uid("dhcp2");
        site.node2.linger(true);
        site.node2.crash(ended);
        loseDhcp2();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(site.pod("dhcp2"))
                        .satisfies(pod -> assertThat(pod.getMetadata().getDeletionTimestamp())
                                .isNotNull()));
        site.stopOperator();
        assertThat(told()).isEmpty();

        site.startOperator("none.invalid/dhcp-node:1");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(site.said("Ready")).contains("not proved"));
        site.node2.linger(false);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told()).isNotEmpty());
        assertThat(told().getFirst()).contains("\"provedAt\":\"" + ended.plusSeconds(60) + "\"");
        assertThat(site.uid("dhcp2")).isNotEqualTo(first);
    }

    @Test
    void aNodeThatIsNotHeardProvesNothing() {
        site.node2.crash(ended);
        await().atMost(PATIENCE).until(() -> !site.isReady("dhcp2"));
        site.node2.lose();
        loseDhcp2();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(site.said("Ready"))
                                .contains(
                                        "PARTNER-DOWN once its end is proved, or with a DhcpFailoverAction; not proved: its kubelet said"
                                                + " that the process had ended, but is not heard any more, and may have started it again"));
        assertThat(told()).isEmpty();
        assertThat(site.toldToSuccessor("dhcp2")).isEmpty();
    }

    @Test
    void aPodThatWasDeletedByForceProvesNothing() {
        site.node2.lose();
        loseDhcp2();
        site.client
                .pods()
                .inNamespace(site.namespace)
                .withName("dhcp2-0")
                .withGracePeriod(0)
                .delete();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(site.said("Ready"))
                        .contains(
                                "not proved: its pod was deleted before its kubelet said that the process had ended"));
        assertThat(told()).isEmpty();
        assertThat(site.toldToSuccessor("dhcp2")).isEmpty();
    }

    @Test
    void aNodeThatIsDeletedIsGone() {
        site.node2.delete();
        loseDhcp2();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told()).isNotEmpty());
        assertThat(site.toldToSuccessor("dhcp2")).startsWith("dhcp2-dhcp1=");
    }

    @Test
    void whereNobodyWantsItNobodyIsTold() {
        site.applyPair(", partnerDownOnProof: false");
        site.node2.crash(ended);
        loseDhcp2();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(site.isReady("dhcp2")).isFalse();
            assertThat(site.said("Ready")).contains("PARTNER-DOWN with a DhcpFailoverAction only");
        });
        assertThat(told()).isEmpty();
        assertThat(site.toldToSuccessor("dhcp2")).isEmpty();
    }
}
