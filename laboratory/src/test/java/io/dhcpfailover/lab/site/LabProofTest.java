package io.dhcpfailover.lab.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The operator and two servers as they ship: one of them ends, and its kubelet says so. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
@EnabledOnOs(OS.LINUX)
class LabProofTest {

    /** Long enough for a machine that is busy with something else. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static final Duration LEAD_TIME = Duration.ofSeconds(10);

    @Test
    void aServerWhoseEndIsProvedIsTakenForDownAndItsSuccessorRecoversBeforeItServes() throws Exception {
        try (Lab lab = Lab.start(new Programs(Path.of("..").toAbsolutePath().normalize()))) {
            lab.applyExample();
            // So that nothing but a proof leads to PARTNER-DOWN.
            lab.api().patch("DhcpFailoverRelationship", Lab.NAMESPACE, "dhcp2-dhcp1", (ObjectNode)
                    new ObjectMapper().readTree("{\"spec\": {\"stateSwitchInterval\": null}}"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(status(lab).path("state").asText())
                            .as(lab.logs())
                            .isEqualTo("Normal/Normal"));

            Instant killed = Instant.now();
            lab.nodes().kill("dhcp1-0");

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(server(lab, "dhcp2").path("state").asText())
                                    .as(lab.logs())
                                    .isEqualTo("PartnerDown"));
            Instant ends = Instant.parse(server(lab, "dhcp2").path("mcltEndsAt").asText());
            assertThat(ends)
                    .as("the MCLT counts from when it had ended, and never from before")
                    .isAfter(killed.plus(LEAD_TIME));

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(status(lab).path("state").asText()).as(lab.logs()).isEqualTo("Normal/Normal");
                assertThat(server(lab, "dhcp1").path("previousState").asText()).startsWith("Recover");
                assertThat(lab.api().find("StatefulSet", Lab.NAMESPACE, "dhcp1").toString())
                        .doesNotContain("DHCP_NODE_DECLARED_DOWN");
            });
        }
    }

    private static JsonNode status(Lab lab) {
        return lab.api()
                .find("DhcpFailoverRelationship", Lab.NAMESPACE, "dhcp2-dhcp1")
                .path("status");
    }

    private static JsonNode server(Lab lab, String name) {
        for (JsonNode server : status(lab).path("servers")) {
            if (server.path("name").asText().equals(name)) {
                return server;
            }
        }
        return new ObjectMapper().createObjectNode();
    }
}
