package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.configuration.ManifestFolder;
import io.dhcpfailover.node.configuration.ServerManifests;
import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedLinksTest {

    private static final List<Link> PRESENT = List.of(
            link(2, "eth0", "192.0.2.1"), link(3, "eth1", "198.51.100.1", "203.0.113.1"), link(4, "eth2", "10.0.0.1"));

    @TempDir
    private Path temporary = Path.of("");

    private static Link link(int index, String name, String... addresses) {
        return new Link(
                index,
                new InterfaceName(name),
                Arrays.stream(addresses).map(Ipv4Address::parse).toList());
    }

    @ParameterizedTest(name = "{0}, a scope of {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "interfaces: [eth1, eth0]            | 192.0.2.0/24    | eth1 eth0",
                "interfaces: [eth2, eth9]            | 192.0.2.0/24    | eth2",
                "interfaces: [eth9]                  | 192.0.2.0/24    |",
                "interfaces: []                      | 192.0.2.0/24    | eth0",
                "interfaces: []                      | 203.0.113.0/24  | eth1",
                "interfaces: []                      | 172.16.0.0/24   | eth0 eth1 eth2",
                "interfaces: [], serverAddress: 10.0.0.1 | 192.0.2.0/24 | eth0 eth2",
                "interfaces: [], serverAddress: 10.0.0.1 | 172.16.0.0/24 | eth2"
            })
    void namedOnesOrThoseWithAScopeOrAll(String server, String subnet, @Nullable String served) throws Exception {
        String prefix = subnet.substring(0, subnet.lastIndexOf('.') + 1);
        Manifests manifests = Manifests.in(temporary);
        manifests.scope("office", subnet, prefix + "10", prefix + "20", "");
        manifests.write("server", """
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpServer
                metadata: {name: dhcp1}
                spec: {nodeName: node-1, %s}
                """.formatted(server));
        ServerManifests read = new ManifestFolder(temporary, null, new ObjectName(Manifests.SERVER)).load();
        ScopeTable scopes = new ScopeTable(read.scopes().stream()
                .map(scope -> ServedScope.of(scope.name(), scope.spec()))
                .toList());

        assertThat(ServedLinks.of(read.server().spec(), scopes, PRESENT))
                .extracting(link -> link.name().text())
                .containsExactly(served == null ? new String[0] : served.split(" ", -1));
    }
}
