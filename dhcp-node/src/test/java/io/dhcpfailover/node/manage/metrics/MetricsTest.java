package io.dhcpfailover.node.manage.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.engine.EngineStatistics;
import io.dhcpfailover.node.engine.Outcome;
import io.dhcpfailover.node.engine.PoolStatistics;
import io.dhcpfailover.node.engine.RelationshipStatistics;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.wire.MessageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is told at /metrics, and that docs/metrics.md says the same. */
class MetricsTest {

    private static final Pattern ROW = Pattern.compile("\\| `(dhcp_\\w+)` \\| (\\w+) \\|([^|]*)\\|[^|]+\\|");
    private static final Pattern TYPE = Pattern.compile("# TYPE (dhcp_\\w+) (\\w+)");
    private static final Pattern SAMPLE = Pattern.compile("(dhcp_\\w+)(?:\\{([^}]*)\\})? .*");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private static final RelationshipStatistics RELATIONSHIP = new RelationshipStatistics(
            ServerRole.Primary,
            ServerState.COMMUNICATIONS_INTERRUPTED,
            ServerState.NORMAL,
            1_800_000_000L,
            ServerState.NORMAL,
            false,
            1_800_000_001L,
            0,
            0,
            1_800_000_600L,
            7,
            3,
            1,
            11,
            12,
            13,
            14,
            15,
            16,
            17,
            18,
            19,
            20,
            21,
            22,
            List.of());

    private boolean answers = true;

    private final MetricSource source = new MetricSource() {

        @Override
        public OfEngine engine() throws IOException {
            if (!answers) {
                throw new IOException("it does not answer");
            }
            PoolStatistics shared =
                    new PoolStatistics(new ObjectName("office"), "dhcp2-dhcp1", 100, 40, 30, 5, 20, 1, 4, 40);
            PoolStatistics alone = new PoolStatistics(new ObjectName("lab"), null, 10, 6, 0, 0, 4, 0, 0, 6);
            return new OfEngine(
                    new EngineStatistics(
                            true,
                            true,
                            2,
                            List.of(
                                    new EngineStatistics.Packets(MessageType.DISCOVER, Outcome.OFFERED, 5),
                                    new EngineStatistics.Packets(null, Outcome.BOOTP_ANSWERED, 1)),
                            List.of(shared, alone),
                            Map.of("dhcp2-dhcp1", RELATIONSHIP)),
                    List.of(new Transition("dhcp2-dhcp1", "STARTUP", "NORMAL", 1)));
        }

        @Override
        public String server() {
            return "dhcp1";
        }

        @Override
        public String version() {
            return "0.1";
        }

        @Override
        public Map<String, Integer> queues() {
            return Map.of("new", 4, "journal", 1);
        }

        @Override
        public Map<String, Long> dropped() {
            return Map.of("new", 9L);
        }

        @Override
        public long historyWritten() {
            return 8;
        }

        @Override
        public long historyDropped() {
            return 0;
        }

        @Override
        public long storageFree() {
            return 1L << 30;
        }

        @Override
        public Map<String, String> scopeHashes() {
            return Map.of("office", "abc");
        }
    };

    private String scrape() {
        Latencies latencies = new Latencies();
        latencies.offers().count(300_000);
        latencies.acknowledgements().count(2_000_000);
        latencies.synced(3, 1_500_000);
        try (MetricsText metrics = new MetricsText(source, latencies)) {
            return metrics.scrape();
        }
    }

    /** Each metric with its kind and its labels. */
    private static Map<String, String> told(String text) {
        Map<String, String> kinds = new TreeMap<>();
        Map<String, TreeSet<String>> labels = new TreeMap<>();
        text.lines().forEach(line -> {
            Matcher type = TYPE.matcher(line);
            if (type.matches()) {
                kinds.put(type.group(1), type.group(2));
            }
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                String name = sample.group(1).replaceFirst("_(bucket|sum|count)$", "");
                Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
                TreeSet<String> all = labels.computeIfAbsent(name, _ -> new TreeSet<>());
                while (label.find()) {
                    if (!label.group(1).equals("le")) {
                        all.add(label.group(1));
                    }
                }
            }
        });
        Map<String, String> told = new TreeMap<>();
        kinds.forEach((name, kind) -> told.put(name, kind + " " + labels.get(name)));
        return told;
    }

    @Test
    void thePageAndTheEndpointAgree() throws IOException {
        Map<String, String> written = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("../docs/metrics.md")));
        while (row.find()) {
            TreeSet<String> labels = new TreeSet<>();
            Matcher label = Pattern.compile("`(\\w+)`").matcher(row.group(3));
            while (label.find()) {
                labels.add(label.group(1));
            }
            written.put(row.group(1), row.group(2) + " " + labels);
        }
        assertThat(told(scrape())).isEqualTo(written);
    }

    @Test
    void numbersAreWhatTheServerCounts() {
        assertThat(scrape().lines())
                .contains(
                        "dhcp_packets_total{outcome=\"OFFERED\",type=\"DISCOVER\"} 5.0",
                        "dhcp_packets_total{outcome=\"BOOTP_ANSWERED\",type=\"BOOTP\"} 1.0",
                        "dhcp_packets_dropped_total{queue=\"new\"} 9.0",
                        "dhcp_failover_state{relationship=\"dhcp2-dhcp1\",role=\"Primary\","
                                + "state=\"COMMUNICATIONS-INTERRUPTED\"} 1.0",
                        "dhcp_failover_state{relationship=\"dhcp2-dhcp1\",role=\"Primary\",state=\"NORMAL\"} 0.0",
                        "dhcp_failover_partner_state{relationship=\"dhcp2-dhcp1\",state=\"NORMAL\"} 1.0",
                        "dhcp_failover_state_transitions_total{from=\"STARTUP\",relationship=\"dhcp2-dhcp1\","
                                + "to=\"NORMAL\"} 1.0",
                        "dhcp_failover_binding_updates_pending{relationship=\"dhcp2-dhcp1\"} 7.0",
                        "dhcp_failover_partner_last_contact_timestamp_seconds{relationship=\"dhcp2-dhcp1\"}"
                                + " 1.800000001E9",
                        "dhcp_scope_addresses{owner=\"this\",relationship=\"\",scope=\"lab\",state=\"free\"} 6.0",
                        "dhcp_scope_addresses{owner=\"partner\",relationship=\"dhcp2-dhcp1\",scope=\"office\","
                                + "state=\"free\"} 30.0",
                        "dhcp_scope_available_addresses{relationship=\"dhcp2-dhcp1\",scope=\"office\"} 40.0",
                        "dhcp_journal_records_total 3.0",
                        "dhcp_scope_config_info{hash=\"abc\",scope=\"office\"} 1");
    }

    @Test
    void latenciesAreCountedInTheirBuckets() {
        assertThat(scrape().lines())
                .contains(
                        "dhcp_response_seconds_bucket{type=\"OFFER\",le=\"2.5E-4\"} 0",
                        "dhcp_response_seconds_bucket{type=\"OFFER\",le=\"5.0E-4\"} 1",
                        "dhcp_response_seconds_bucket{type=\"ACK\",le=\"+Inf\"} 1",
                        "dhcp_response_seconds_sum{type=\"ACK\"} 0.002",
                        "dhcp_journal_sync_seconds_count 1");
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.count(0);
        histogram.count(-5);
        histogram.count(50_000);
        histogram.count(50_001);
        histogram.count(60_000_000_000L);
        assertThat(histogram.counts()).hasSize(17).startsWith(3, 1).endsWith(1);
    }

    @Test
    void theProcessIsToldOf() {
        assertThat(scrape())
                .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_cpu_usage", "process_uptime");
    }

    @Test
    void anEngineThatDoesNotAnswerLeavesTheRest() {
        answers = false;
        assertThat(scrape())
                .contains("dhcp_server_info{server=\"dhcp1\",version=\"0.1\"} 1", "dhcp_queue_length")
                .doesNotContain("dhcp_failover_state{");
    }
}
