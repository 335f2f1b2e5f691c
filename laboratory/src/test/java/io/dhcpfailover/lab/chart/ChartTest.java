package io.dhcpfailover.lab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart passes Helm's own checks, and ships the kinds as they are in {@code crds/manifests}. */
class ChartTest {

    private static final Path CHART = Rendered.CHART;
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
                expected.addAll(Rendered.documents(Files.readString(file)));
            }
        }
        expected.forEach(document -> ((ObjectNode) document.required("metadata"))
                .putObject("annotations")
                .put("helm.sh/resource-policy", "keep"));

        assertThat(Rendered.of(Map.of()).objects()).containsAll(expected);
        assertThat(expected).hasSizeGreaterThan(4);
    }

    @Test
    void theKindsGoWithTheChartWhereThatIsAsked() {
        assertThat(Rendered.of(Map.of("crds.keep", false)).ofKind("CustomResourceDefinition"))
                .isNotEmpty()
                .allSatisfy(kind -> assertThat(kind.at("/metadata/annotations").isMissingNode())
                        .isTrue());
    }

    @Test
    void theKindsCanBeInstalledByOtherMeans() {
        assertThat(Rendered.of(Map.of("crds.enabled", false)).ofKind("CustomResourceDefinition"))
                .isEmpty();
    }

    @Test
    void aValueThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> Rendered.of(Map.of("crd.enabled", false))).hasMessageContaining("crd");
    }

    @Test
    void itInstallsTheImagesOfThisBuild() throws IOException {
        String version = YAML.readTree(CHART.resolve("Chart.yaml").toFile())
                .required("appVersion")
                .asText();

        assertThat(Files.readString(Path.of("../pom.xml"))).contains("<version>" + version + "</version>");
    }
}
