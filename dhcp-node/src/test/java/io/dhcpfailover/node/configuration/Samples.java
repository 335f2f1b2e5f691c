package io.dhcpfailover.node.configuration;

/** Manifests as a user writes them. */
final class Samples {

    private Samples() {}

    static String object(String kind, String name, String spec) {
        return """
                ---
                apiVersion: dhcpfailover.io/v1alpha1
                kind: %s
                metadata: {name: %s}
                spec: {%s}
                """.formatted(kind, name, spec);
    }

    static String server(String name) {
        return object("DhcpServer", name, "nodeName: node-" + name);
    }

    static String relationship(String name, String primary, String secondary) {
        return object(
                "DhcpFailoverRelationship", name, "primaryServer: " + primary + ", secondaryServer: " + secondary);
    }

    /** A scope of 256 addresses from this one on, with ten for clients. */
    static String scope(String name, String network, String servedBy) {
        String prefix = network.substring(0, network.lastIndexOf('.') + 1);
        return object(
                "DhcpScope",
                name,
                "subnet: %s/24, ranges: [{start: %s10, end: %s19}], %s".formatted(network, prefix, prefix, servedBy));
    }
}
