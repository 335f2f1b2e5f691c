package io.dhcpfailover.lab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Prometheus and Grafana are told, where that is asked. */
class MonitoringTemplateTest {

    @Test
    void nothingNeedsThePrometheusOperatorUnlessThatIsAsked() {
        assertThat(Rendered.of(Map.of()).objects())
                .noneSatisfy(object ->
                        assertThat(object.required("apiVersion").asText()).startsWith("monitoring"));
        assertThat(Rendered.of(Map.of()).ofKind("ConfigMap")).isEmpty();
    }

    @Test
    void theMonitorsFindTheOperatorAndItsServers() {
        Rendered rendered = Rendered.ofValues("""
                serviceMonitor: {enabled: true, interval: 10s, additionalLabels: {release: prometheus}}
                podMonitor: {enabled: true}
                """);

        assertThat(rendered.only("ServiceMonitor").at("/spec/selector"))
                .isEqualTo(rendered.only("Deployment").at("/spec/selector"));
        assertThat(rendered.only("Service").at("/spec/selector"))
                .isEqualTo(rendered.only("Deployment").at("/spec/selector/matchLabels"));
        assertThat(rendered.only("ServiceMonitor")
                        .at("/metadata/labels/release")
                        .asText())
                .isEqualTo("prometheus");
        assertThat(rendered.only("ServiceMonitor")
                        .at("/spec/endpoints/0/interval")
                        .asText())
                .isEqualTo("10s");
        assertThat(rendered.only("PodMonitor")
                        .at("/spec/namespaceSelector/matchNames/0")
                        .asText())
                .isEqualTo("dhcp");
        assertThat(rendered.only("PodMonitor")
                        .at("/spec/podMetricsEndpoints/0/scheme")
                        .asText())
                .isEqualTo("https");
    }

    @Test
    void eachAlertSaysForHowLongHowBadAndWhatToDo() {
        List<JsonNode> alerts = alerts("prometheusRule: {enabled: true, runbookUrl: 'https://example.org/NAME.html'}");

        assertThat(alerts).hasSizeGreaterThan(10).allSatisfy(alert -> {
            assertThat(alert.required("expr").asText()).isNotBlank();
            assertThat(alert.required("for").asText()).matches("[0-9]+[sm]");
            assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).isNotBlank();
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .isEqualTo("https://example.org/" + alert.required("alert").asText() + ".html");
        });
        assertThat(alerts).extracting(alert -> alert.required("alert").asText()).doesNotHaveDuplicates();
        assertThat(alerts.toString()).as("Prometheus' own templates").contains("{{ $labels.relationship }}");
    }

    @Test
    void alertsCanBeLeftOutAndAdded() {
        List<JsonNode> alerts = alerts("""
                prometheusRule:
                  enabled: true
                  disabled: [DhcpPoolUsage75]
                  extraRules: [{alert: Mine, expr: vector(1)}]
                """);

        assertThat(alerts)
                .extracting(alert -> alert.required("alert").asText())
                .doesNotContain("DhcpPoolUsage75")
                .contains("DhcpPoolUsage85", "Mine");
    }

    @Test
    void theDashboardIsJsonAndFoundByItsLabel() throws IOException {
        JsonNode map = Rendered.of(Map.of("grafanaDashboard.enabled", true)).only("ConfigMap");

        assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
        assertThat(new ObjectMapper()
                        .readTree(map.at("/data/dhcp-failover.json").asText())
                        .required("panels"))
                .hasSizeGreaterThan(5);
    }

    @Test
    void alertsAndDashboardAskForMetricsThatThereAre() throws IOException {
        String documented = Files.readString(Path.of("../docs/metrics.md"))
                // A gauge of the operator, not of a server.
                + "`dhcp_operator_scope_in_sync`";
        String asked = Files.readString(Rendered.CHART.resolve("alerts/alerts.yaml"))
                + Files.readString(Rendered.CHART.resolve("dashboards/dhcp-failover.json"));

        assertThat(Pattern.compile("\\bdhcp_[a-z_]+")
                        .matcher(asked)
                        .results()
                        .map(found -> found.group().replaceFirst("_bucket$", ""))
                        .distinct())
                .hasSizeGreaterThan(10)
                .allSatisfy(metric -> assertThat(documented).contains("`" + metric + "`"));
    }

    private static List<JsonNode> alerts(String values) {
        List<JsonNode> alerts = new ArrayList<>();
        Rendered.ofValues(values)
                .only("PrometheusRule")
                .at("/spec/groups")
                .forEach(group -> group.required("rules").forEach(alerts::add));
        return alerts;
    }
}
