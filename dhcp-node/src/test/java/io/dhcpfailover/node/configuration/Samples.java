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

    /** One of the servers dhcp0 to dhcp9. */
    static String server(String name) {
        String number = name.substring(name.length() - 1);
        return object("DhcpServer", name, "nodeName: node-" + name + ", failoverAddress: 203.0.113.10" + number);
    }

    /** With a secret in the Secret {@code shared}. */
    static String relationship(String name, String primary, String secondary) {
        return relationship(name, primary, secondary, "messageAuthentication: {secretRef: {name: shared}}");
    }

    static String relationship(String name, String primary, String secondary, String more) {
        return object(
                "DhcpFailoverRelationship",
                name,
                "primaryServer: " + primary + ", secondaryServer: " + secondary + ", " + more);
    }

    /** A Secret; {@code values} are its fields. */
    static String secret(String name, String values) {
        return """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                type: Opaque
                %s
                """.formatted(name, values);
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
