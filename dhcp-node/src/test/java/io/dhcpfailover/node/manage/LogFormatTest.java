package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusUtil;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the log of a process looks like, by its environment. */
class LogFormatTest {

    private static List<String> logged(Map<String, String> environment) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            LoggerContext context = new LoggerContext();
            environment.forEach(context::putProperty);
            context.setMDCAdapter(new LogbackMDCAdapter());
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
            assertThat(new StatusUtil(context).getHighestLevel(0))
                    .as("no complaint of its own at each start")
                    .isLessThan(Status.WARN);
            context.getLogger("io.dhcpfailover.node.X").warn("disk \"{}\"\nis full", "a");
            context.getLogger("io.dhcpfailover.node.X").error("failed", new IllegalStateException("broken"));
            context.getLogger("lease-events").info("{}", "{\"action\":\"ASSIGNED\"}");
            context.stop();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void textIsForPeople() throws Exception {
        assertThat(logged(Map.of()).getFirst())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z WARN  X: disk \"a\"");
        assertThat(logged(Map.of())).noneMatch(line -> line.contains("ASSIGNED"));
    }

    @Test
    void jsonIsOneObjectForEachLine() throws Exception {
        List<String> lines = logged(Map.of("DHCP_LOG_FORMAT", "json"));
        assertThat(lines).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(lines.getFirst());
        assertThat(first.path("level").asText()).isEqualTo("WARN");
        assertThat(first.path("formattedMessage").asText()).isEqualTo("disk \"a\"\nis full");
        assertThat(first.path("timestamp").asLong()).isPositive();
        assertThat(lines.getLast()).contains("broken");
    }

    @Test
    void leaseEventsAreThereWhereSomebodyWantsThem() throws Exception {
        assertThat(logged(Map.of("DHCP_LOG_LEASES", "INFO"))).anyMatch(line -> line.contains("ASSIGNED"));
    }
}
