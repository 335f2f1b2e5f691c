package io.dhcpfailover.node.manage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder of manifests of the server {@code dhcp1}, which is written to as {@code kubectl}-like tools do: by renaming. */
record Manifests(Path folder) {

    static final String SERVER = "dhcp1";

    /** A new folder with a server of the interface {@code lan0}. */
    static Manifests in(Path folder) throws IOException {
        Manifests manifests = new Manifests(Files.createDirectories(folder));
        manifests.write("server", """
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpServer
                metadata: {name: dhcp1}
                spec: {nodeName: node-1, interfaces: [lan0]}
                """);
        return manifests;
    }

    /** A scope; {@code more} are further fields of its spec, each after a comma. */
    void scope(String name, String subnet, String start, String end, String more) throws IOException {
        write(name, """
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpScope
                metadata: {name: %s}
                spec: {subnet: %s, ranges: [{start: %s, end: %s}], server: dhcp1%s}
                """.formatted(name, subnet, start, end, more));
    }

    void write(String name, String text) throws IOException {
        Path hidden = folder.resolve("." + name);
        Files.writeString(hidden, text);
        Files.move(hidden, folder.resolve(name + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    void remove(String name) throws IOException {
        Files.delete(folder.resolve(name + ".yaml"));
    }
}
