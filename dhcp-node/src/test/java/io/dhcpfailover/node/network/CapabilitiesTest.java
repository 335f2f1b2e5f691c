package io.dhcpfailover.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A process that lacks a capability does without what needs it. */
@Timeout(120)
class CapabilitiesTest {

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces("setpriv");

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void withoutNetRawClientsAreAnsweredByBroadcastAndAddressesAreNotProbed() throws Exception {
        Path output = temporary.resolve("output");
        try (Sniffer sniffer = NAMESPACES.inside(Host.CLIENT0, Sniffer::new)) {
            Process process = NAMESPACES.start(
                    Host.SERVER,
                    output,
                    "setpriv",
                    "--bounding-set=-net_raw",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WithoutRawSockets.class.getName(),
                    "lan0",
                    "10.80.0.1",
                    "10.80.0.2");

            assertThat(process.waitFor()).as(Files.readString(output)).isZero();
            assertThat(sniffer.xid(1).destination()).isEqualTo(MacAddress.parse("ff:ff:ff:ff:ff:ff"));
        }
        assertThat(Files.readAllLines(output)).contains("unserved []", "in use false", "by broadcast 1");
    }
}
