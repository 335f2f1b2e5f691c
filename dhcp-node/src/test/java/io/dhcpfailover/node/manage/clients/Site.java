package io.dhcpfailover.node.manage.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.manage.ServerProcess;
import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The server as a process, ISC's relay, and for every client program, place and story a machine. All of their stories
 * happen at the same time, since most of a story is waiting.
 */
final class Site {

    /** Belongs to nobody. */
    private static final String NOBODY = "02:00:5e:00:53:ff";

    private final Namespaces namespaces;
    private final List<Station> stations = new ArrayList<>();
    private final Set<Ipv4Address> intruders = new HashSet<>();
    private final ServerProcess server;
    private final Path folder;

    /** Ends the server; all that its folder knows of addresses. */
    List<Binding> end() throws IOException, InterruptedException {
        server.terminate();
        assertThat(server.exit()).isZero();
        return ServerProcess.leases(folder.resolve("state"));
    }

    /** Starts the server, the relay and all clients. */
    Site(Namespaces namespaces, Path folder) throws IOException {
        this.namespaces = namespaces;
        this.folder = folder;
        server = serve(folder);
        startRelay(folder.resolve("relay.log"));
        for (Place place : Place.values()) {
            Wire wire = Wire.listen(namespaces, place.bridge, folder);
            // Frames to nobody would come out of every port, and a relay takes whatever it hears for its own.
            namespaces.exec(
                    Host.SWITCH,
                    "bridge",
                    "fdb",
                    "add",
                    NOBODY,
                    "dev",
                    place.intruder().port("eth0"),
                    "master",
                    "static");
            for (ClientProgram program : ClientProgram.values()) {
                for (Story story : Story.values()) {
                    Path files = folder.resolve(place.bridge + "-" + program.name() + "-" + story.name());
                    stations.add(new Station(namespaces, place, program, story, wire, files));
                }
            }
        }
        for (Station station : stations) {
            station.start();
        }
    }

    private ServerProcess serve(Path folder) throws IOException {
        Path manifests = Files.createDirectory(folder.resolve("manifests"));
        Files.writeString(manifests.resolve("server.yaml"), """
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpServer
                metadata: {name: dhcp1}
                spec: {nodeName: node-1}
                """);
        for (Place place : Place.values()) {
            Files.writeString(manifests.resolve(place.bridge + ".yaml"), place.scope());
        }
        return ServerProcess.run(
                        namespaces,
                        folder.resolve("server.log"),
                        List.of(
                                "--server",
                                "dhcp1",
                                "--manifests",
                                manifests.toString(),
                                "--state",
                                Files.createDirectory(folder.resolve("state")).toString()))
                .serving();
    }

    private void startRelay(Path log) throws IOException {
        // -a: it says by which circuit a request came (RFC 3046).
        namespaces.start(Host.RELAY, log, "dhcrelay", "-d", "-4", "-a", "-iu", "lan0", "-id", "branch", "10.80.0.1");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(log).content().contains("Sending on   Socket"));
    }

    /** Waits until all clients have an address; then lets happen what their stories say. */
    void run() throws IOException, InterruptedException {
        for (Station station : stations) {
            station.awaitAddress();
        }
        for (Station station : stations) {
            switch (station.story) {
                case STAYS -> {}
                case LOSES_ITS_WAY -> station.misleadTo(NOBODY);
                case REBOOTS -> {
                    station.crash();
                    station.start();
                }
                case FINDS_AN_INTRUDER -> {
                    station.crash();
                    intruders.add(station.address());
                    namespaces.ip(station.place.intruder(), "address add " + station.address() + "/24 dev eth0");
                    station.start();
                }
                case LEAVES -> station.release();
            }
        }
    }

    List<Station> stations() {
        return stations;
    }

    /** The addresses that machines took which no server gave them to. */
    Set<Ipv4Address> intruders() {
        return intruders;
    }

    /** One for each place and program. */
    List<Station> stations(Story story) {
        return stations.stream().filter(station -> station.story == story).toList();
    }
}
