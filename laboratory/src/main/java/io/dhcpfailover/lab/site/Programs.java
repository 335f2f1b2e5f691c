package io.dhcpfailover.lab.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a laboratory runs: the jars that ship.
 *
 * @param home the folder of this project
 */
public record Programs(Path home) {

    /** Quick to start, and small: what a laptop wants of four processes. And no files outside of the laboratory's folder. */
    private static final List<String> OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-XX:-UsePerfData",
            "-Xmx192m",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    /**
     * How a server is started.
     *
     * @param temporary the folder for its temporary files
     */
    List<String> server(Path temporary) throws LabException {
        return java(home.resolve("dhcp-node/target/dhcp-node.jar"), temporary);
    }

    /**
     * How the operator is started.
     *
     * @param temporary the folder for its temporary files
     */
    List<String> operator(Path temporary) throws LabException {
        return java(home.resolve("operator/target/dhcp-failover-operator.jar"), temporary);
    }

    /** The manifests that a laboratory begins with. */
    public Path examples() {
        return home.resolve("examples/first-pair");
    }

    private static List<String> java(Path jar, Path temporary) throws LabException {
        if (!Files.exists(jar)) {
            throw new LabException(jar + " is not built: run ./mvnw package -DskipTests, or ./lab, which does so.");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-jar");
        command.add(jar.toAbsolutePath().toString());
        return command;
    }
}
