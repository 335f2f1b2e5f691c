package io.dhcpfailover.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.node.configuration.ManifestCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages say leads somewhere, and what they show is accepted. */
class DocumentsTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCS = PROJECT.resolve("docs");

    private final Map<Path, Page> pages;

    DocumentsTest() throws IOException {
        pages = Page.all(PROJECT).stream().collect(Collectors.toMap(Page::file, Function.identity()));
    }

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Page page : pages.values()) {
            for (String link : page.links()) {
                if (!link.contains("://") && !link.startsWith("mailto:") && !leads(page, link)) {
                    broken.add(PROJECT.relativize(page.file()) + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private boolean leads(Page page, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? page.file() : target(page, path);
        if (!Files.exists(target)) {
            return false;
        }
        Page there = pages.get(target);
        return hash < 0 || there == null || there.anchors().contains(link.substring(hash + 1));
    }

    private static Path target(Page page, String path) {
        return page.file().resolveSibling(path).normalize();
    }

    @Test
    void everyPageIsReachedFromTheReadme() {
        Set<Path> reached = new HashSet<>();
        reach(PROJECT.resolve("README.md"), reached);
        assertThat(pages.keySet().stream()
                        .filter(page -> page.startsWith(DOCS))
                        .filter(page -> !reached.contains(page))
                        .map(PROJECT::relativize))
                .isEmpty();
    }

    private void reach(Path file, Set<Path> reached) {
        Page page = pages.get(file);
        if (page == null || !reached.add(file)) {
            return;
        }
        for (String link : page.links()) {
            if (!link.contains("://") && !link.startsWith("#")) {
                reach(target(page, link.replaceFirst("#.*", "")), reached);
            }
        }
    }

    @Test
    void everyStateHasItsPage() throws IOException {
        assertThat(namesIn(DOCS.resolve("states")))
                .isEqualTo(Arrays.stream(FailoverState.values())
                        .map(FailoverState::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyAlertHasItsRunbook() throws IOException {
        Path alerts = PROJECT.resolve("charts/dhcp-failover-operator/alerts/alerts.yaml");
        Set<String> names = new TreeSet<>();
        for (JsonNode alert :
                new ObjectMapper(new YAMLFactory()).readTree(alerts.toFile()).findValues("alert")) {
            names.add(alert.asText());
        }
        assertThat(namesIn(DOCS.resolve("runbooks"))).isEqualTo(names);
    }

    private static Set<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replace(".md", ""))
                    .filter(name -> !name.equals("README"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** What a page shows as a manifest can be applied as it stands there. */
    @Test
    void everyManifestOfAPageIsAccepted() throws IOException {
        List<String> refused = new ArrayList<>();
        int checked = 0;
        for (Page page : pages.values()) {
            for (Page.Block block : page.blocks()) {
                if (block.language().equals("yaml") && block.text().contains("apiVersion: dhcpfailover.io/")) {
                    checked += check(page.file(), block.text(), refused);
                }
            }
        }
        assertThat(refused).isEmpty();
        assertThat(checked).isGreaterThan(5);
    }

    @Test
    void everyManifestOfTheExamplesIsAccepted() throws IOException {
        List<String> refused = new ArrayList<>();
        int checked = 0;
        try (Stream<Path> files = Files.walk(PROJECT.resolve("examples"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                checked += check(file, Files.readString(file), refused);
            }
        }
        assertThat(refused).isEmpty();
        assertThat(checked).isGreaterThan(3);
    }

    private static int check(Path file, String text, List<String> refused) throws IOException {
        ManifestCheck check = new ManifestCheck();
        int checked = 0;
        for (JsonNode manifest : documents(text)) {
            if (manifest.path("apiVersion").asText().startsWith("dhcpfailover.io/")) {
                checked++;
                check.check(manifest.toString(), null)
                        .problems()
                        .forEach(problem -> refused.add(PROJECT.relativize(file) + ": " + problem));
            }
        }
        return checked;
    }

    private static List<JsonNode> documents(String text) throws IOException {
        try (MappingIterator<JsonNode> documents =
                new ObjectMapper(new YAMLFactory()).readerFor(JsonNode.class).readValues(text)) {
            return documents.readAll();
        }
    }
}
