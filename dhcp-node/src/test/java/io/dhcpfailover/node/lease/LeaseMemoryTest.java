package io.dhcpfailover.node.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How small a lease is; measured in a process of its own, whose collector rounds nothing up to regions. */
class LeaseMemoryTest {

    private static final int OCTETS_MAX = 200;
    private static final Pattern OCTETS = Pattern.compile("500000 leases: ([0-9]+) octets each.*", Pattern.DOTALL);

    @Test
    void halfAMillionLeasesCostAtMost200OctetsEach() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx384m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeaseMemory.class.getName(),
                        "500000")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher matcher = OCTETS.matcher(output);

        assertThat(matcher.find()).as(output).isTrue();
        assertThat(Integer.parseInt(matcher.group(1))).isBetween(50, OCTETS_MAX);
    }
}
