package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The published description of the API is that of the code. */
class ApiDescriptionTest {

    private static final String MADE = "/META-INF/swagger/node-openapi.yml";
    private static final Path PUBLISHED = Path.of("..", "docs", "node-openapi.yaml");

    @Test
    void whatIsPublishedIsWhatTheCodeSays() throws Exception {
        try (InputStream made = Objects.requireNonNull(Main.class.getResourceAsStream(MADE), MADE)) {
            assertThat(Files.readString(PUBLISHED))
                    .as("copy dhcp-node/target/classes" + MADE + " to docs/node-openapi.yaml")
                    .isEqualTo(new String(made.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
