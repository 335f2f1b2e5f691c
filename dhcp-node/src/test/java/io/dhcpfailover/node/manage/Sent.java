package io.dhcpfailover.node.manage;

/** Configurations as an operator sends them. */
final class Sent {

    private Sent() {}

    private static String object(String kind, String name, long generation, String spec) {
        return """
                {"apiVersion": "dhcpfailover.io/v1alpha1", "kind": "%s",
                 "metadata": {"name": "%s", "namespace": "net", "generation": %d}, "spec": {%s}}
                """.formatted(kind, name, generation, spec);
    }

    static String server(String name, String address) {
        return object(
                "DhcpServer", name, 1, "\"nodeName\": \"n-" + name + "\", \"failoverAddress\": \"" + address + "\"");
    }

    /** A pair of dhcp1 and dhcp2, the port of which nobody listens at. */
    static String relationship(long generation, String more) {
        return object(
                "DhcpFailoverRelationship",
                "pair",
                generation,
                "\"primaryServer\": \"dhcp1\", \"secondaryServer\": \"dhcp2\","
                        + " \"messageAuthentication\": {\"secretRef\": {\"name\": \"shared\"}}" + more);
    }

    static String secret(String value) {
        return """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "shared", "namespace": "net"},
                 "stringData": {"current": "%s"}}
                """.formatted(value);
    }

    /** A scope of ten addresses of 10.N.0.0/24, of dhcp1 alone. */
    static String scope(String name, int number, long generation, String leaseDuration) {
        return object(
                "DhcpScope",
                name,
                generation,
                "\"subnet\": \"10.%1$d.0.0/24\", \"ranges\": [{\"start\": \"10.%1$d.0.10\", \"end\": \"10.%1$d.0.19\"}],"
                                .formatted(number)
                        + " \"server\": \"dhcp1\", \"leaseDuration\": \"" + leaseDuration + "\"");
    }

    static String document(long generation, String... items) {
        return "{\"generation\": " + generation + ", \"items\": [" + String.join(",\n", items) + "]}";
    }

    /** dhcp1 with one scope, office. */
    static String alone(long generation, long scopeGeneration, String leaseDuration) {
        return document(generation, server("dhcp1", "127.0.0.1"), scope("office", 7, scopeGeneration, leaseDuration));
    }

    /** dhcp1 and dhcp2 with their relationship, and a scope of dhcp1. */
    static String pair(long generation) {
        return document(
                generation,
                server("dhcp1", "127.0.0.1"),
                server("dhcp2", "127.0.0.2"),
                relationship(1, ""),
                secret("correct horse battery staple"),
                scope("office", 7, 1, "1h"));
    }
}
