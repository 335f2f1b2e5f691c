package io.dhcpfailover.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every command that a page shows is executed by a test, or {@code commands.yaml} says why it cannot be. */
class CommandsTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    /** What blocks may hold beside commands. */
    private static final Set<String> OTHER_LANGUAGES = Set.of("yaml", "json", "text");

    static JsonNode list() throws IOException {
        try (InputStream file = Objects.requireNonNull(CommandsTest.class.getResourceAsStream("commands.yaml"))) {
            return new ObjectMapper(new YAMLFactory()).readTree(file);
        }
    }

    @Test
    void everyBlockSaysWhatItIs() throws IOException {
        List<String> unknown = new ArrayList<>();
        for (Page page : Page.all(PROJECT)) {
            for (Page.Block block : page.blocks()) {
                if (!OTHER_LANGUAGES.contains(block.language())
                        && !block.language().equals("bash")
                        && !block.language().equals("console")) {
                    unknown.add(PROJECT.relativize(page.file()) + " under #" + block.section() + ": "
                            + block.text().lines().findFirst().orElse(""));
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyCommandHasWhatExecutesItAndNoneIsListedThatNoPageShows() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (Page page : Page.all(PROJECT)) {
            page.blocks().forEach(block -> Command.of(block).forEach(command -> shown.add(command.text())));
            page.codes().stream().filter(Command::isCommand).forEach(shown::add);
        }
        Set<String> listed = new TreeSet<>();
        for (JsonNode way : list()) {
            if (way.isArray()) {
                way.forEach(command -> listed.add(command.asText()));
            } else {
                way.properties().forEach(entry -> {
                    assertThat(entry.getValue().asText()).as(entry.getKey()).isNotBlank();
                    listed.add(entry.getKey());
                });
            }
        }
        Set<String> missing = new TreeSet<>(shown);
        missing.removeAll(listed);
        assertThat(missing)
                .as("execute them in a test, or say in commands.yaml why that cannot be")
                .isEmpty();
        listed.removeAll(shown);
        assertThat(listed).as("no page shows these any more").isEmpty();
    }
}
