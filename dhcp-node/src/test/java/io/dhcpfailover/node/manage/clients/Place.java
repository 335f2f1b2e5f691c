package io.dhcpfailover.node.manage.clients;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.network.testing.Host;

/** Where a client is. */
enum Place {
    /** On the link of the server. */
    DIRECT("lan0", "10.80.0."),
    /** On a link without a server, with a relay that is the router of the link as well. */
    BEHIND_A_RELAY("branch", "10.82.0.");

    /** The bridge of the link. */
    final String bridge;

    private final String prefix;

    Place(String bridge, String prefix) {
        this.bridge = bridge;
        this.prefix = prefix;
    }

    /** A machine of the link that no server knows of: it can have addresses that it gave itself. */
    Host intruder() {
        return this == DIRECT ? Host.CLIENT0 : Host.BRANCH;
    }

    String scope() {
        return """
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpScope
                metadata: {name: %s}
                spec:
                  subnet: %s0/24
                  ranges: [{start: %s10, end: %s99}]
                  leaseDuration: 2m
                  options: {routers: [%s]}
                  server: dhcp1
                """.formatted(bridge, prefix, prefix, prefix, router());
    }

    /** By which clients reach all that is not on their link; on the server's own link that is the server. */
    Ipv4Address router() {
        return Ipv4Address.parse(prefix + "1");
    }

    boolean isOfItsRange(Ipv4Address address) {
        long number = address.number() - router().number();
        return number >= 9 && number <= 98;
    }
}
