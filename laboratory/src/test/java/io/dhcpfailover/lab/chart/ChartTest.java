package io.dhcpfailover.lab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart passes Helm's own checks, and ships the kinds as they are in {@code crds/manifests}. */
class ChartTest {

    private static final Path CHART = Path.of("../charts/dhcp-failover-operator");
    private static final Path MANIFESTS = Path.of("../crds/manifests");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void helmFindsNothingToComplainOf() {
        assertThat(new Helm(CHART).lint().strict().call()).satisfies(result -> {
            assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
        });
    }

    @Test
    void theKindsAreShippedAsTheyAreAndSurviveAnUninstall() throws IOException {
        List<JsonNode> expected = new ArrayList<>();
        try (Stream<Path> files = Files.list(MANIFESTS)) {
            for (Path file : files.sorted().toList()) {
                expected.addAll(documents(Files.readString(file)));
            }
        }
        expected.forEach(document -> ((ObjectNode) document.required("metadata"))
                .putObject("annotations")
                .put("helm.sh/resource-policy", "keep"));

        assertThat(documents(template().call())).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theKindsGoWithTheChartWhereThatIsAsked() {
        assertThat(template().set("crds.keep", false).call())
                .contains("kind: CustomResourceDefinition")
                .doesNotContain("resource-policy");
    }

    @Test
    void theKindsCanBeInstalledByOtherMeans() {
        assertThat(template().set("crds.enabled", false).call()).isNullOrEmpty();
    }

    @Test
    void aValueThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> template().set("crd.enabled", false).call()).hasMessageContaining("crd");
    }

    /** Without a cluster to ask, Helm takes a version of its own for granted, which the chart refuses. */
    private static TemplateCommand template() {
        return new Helm(CHART).template().withKubeVersion("1.33.0");
    }

    private static List<JsonNode> documents(String yaml) throws IOException {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return documents.readAll().stream()
                    .filter(document -> !document.isNull())
                    .toList();
        }
    }
}
