package io.dhcpfailover.lab.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./lab}, with the jars of this build. */
@Tag("program")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledOnOs(OS.LINUX)
class LabTest {

    private static final int WIDTH = 80;

    @TempDir
    private Path folder = Path.of("");

    /**
     * One for a program, from another folder and by a path with spaces; one for a person without a terminal, who wants to keep
     * its folder.
     */
    @Test
    void everyStepShowsWhatItShouldInTwoLabsAtOnce() throws Exception {
        Path spaces = Files.createSymbolicLink(folder.resolve("a path with spaces"), LabRun.PROJECT);
        try (LabRun program = new LabRun(
                        folder,
                        Files.createDirectory(folder.resolve("a temporary folder")),
                        Map.of(),
                        List.of(spaces.resolve("lab").toString(), "--json"));
                LabRun person = new LabRun(
                        LabRun.PROJECT,
                        Files.createDirectory(folder.resolve("person")),
                        Map.of(),
                        List.of("./lab", "--keep"))) {
            assertThat(program.end()).as(program.said()).isZero();
            assertThat(person.end()).as(person.said()).isZero();

            List<JsonNode> events = new ArrayList<>();
            for (String line : program.said().split("\n", -1)) {
                events.add(new ObjectMapper().readTree(line));
            }
            assertThat(events.stream()
                            .filter(event -> event.path("event").asText().equals("step")))
                    .hasSize(7);
            assertThat(person.said().lines()).allMatch(line -> line.length() < WIDTH);
            assertThat(person.said())
                    .doesNotContain("\u001b")
                    .contains("[-/CommunicationsInterrupted]", "All of it was as it should be");
            program.requireNothingLeft();
            person.requireNothingRuns();
            assertThat(person.kept())
                    .singleElement()
                    .satisfies(kept -> assertThat(kept)
                            .isDirectoryContaining("glob:**/operator.log")
                            .isDirectoryContaining("glob:**/node1"));
        }
    }
}
