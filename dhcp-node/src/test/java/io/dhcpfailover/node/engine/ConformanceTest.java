package io.dhcpfailover.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.engine.Conformance.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The conformance table: each line is a test, and the page of it in docs is written from here. */
class ConformanceTest {

    private static final Path PAGE = Path.of("../docs/conformance.md");

    private static final List<Case> CASES = Stream.of(
                    DiscoverCases.cases(),
                    RequestCases.cases(),
                    ReturnCases.cases(),
                    ReplyCases.cases(),
                    OtherCases.cases())
            .flatMap(part -> part.cases().stream())
            .toList();

    @TestFactory
    Stream<DynamicTest> conforms() {
        return IntStream.range(0, CASES.size()).mapToObj(i -> {
            Case line = CASES.get(i);
            return DynamicTest.dynamicTest(
                    "%d. %s: %s".formatted(i + 1, line.section(), line.promise()),
                    () -> line.check().run());
        });
    }

    @Test
    void thePageIsTheTable() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Conformance
                What the server does, line by line, and where the standards say so. Each line is a test at packet level of the same
                number: `./mvnw verify` runs them all, and the build fails where this page is not what they say. "API" and
                "I2" are no standards: they are this project's own promises.

                | # | where | what the server does |
                | --- | --- | --- |
                """);
        for (int i = 0; i < CASES.size(); i++) {
            page.append("| %d | %s | %s |%n"
                    .formatted(i + 1, CASES.get(i).section(), CASES.get(i).promise()));
        }
        if (System.getProperty("generate") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("run the test with -Dgenerate").hasContent(page.toString());
    }
}
