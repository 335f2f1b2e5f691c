package io.dhcpfailover.lab.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;

/** The images of this build, which have to be loaded into every node. */
final class Images {

    static final Path CHART = Path.of("../charts/dhcp-failover-operator");

    private Images() {}

    /** The server's. */
    static String node() throws IOException {
        return "dhcpfailover/dhcp-node:"
                + new ObjectMapper(new YAMLFactory())
                        .readTree(CHART.resolve("Chart.yaml").toFile())
                        .required("appVersion")
                        .asText();
    }
}
