package io.dhcpfailover.node.manage.isc;

/**
 * What both servers are configured to.
 *
 * @param hotStandby whether the primary answers all clients, or half of them
 * @param mclt maximum client lead time, in seconds, 10 or more
 * @param last the last address of the range, from {@code 10.82.0.10} on
 * @param iscsRange the range of ISC dhcpd, which should be the same
 */
record Plan(boolean hotStandby, int mclt, String last, String iscsRange) {

    static final String RELATIONSHIP = "pair";

    /** What clients are given once both servers know them, in seconds. */
    static final int LEASE = 300;

    private static final int SMALL_MCLT = 12;

    /** Half of the clients each, and more addresses than are needed. */
    static Plan balanced() {
        return of(false, "10.82.0.109");
    }

    static Plan standby() {
        return of(true, "10.82.0.109");
    }

    static Plan ofTwentyAddresses() {
        return of(false, "10.82.0.29");
    }

    /** A mistake that is easily made. */
    static Plan ofDifferentRanges() {
        return new Plan(false, SMALL_MCLT, "10.82.0.109", "10.82.0.20 10.82.0.119");
    }

    private static Plan of(boolean hotStandby, String last) {
        return new Plan(hotStandby, SMALL_MCLT, last, "10.82.0.10 " + last);
    }

    /** The configuration of ISC dhcpd at a seat. */
    String dhcpd(Seat seat) {
        String primarys = """
                  primary;
                  mclt %d; split %d;
                """.formatted(mclt, hotStandby ? 256 : 128);
        return """
                failover peer "%s" {
                %s
                  address %s; port 647;
                  peer address %s; peer port 647;
                  max-response-delay 6; load balance max seconds 3;
                  min-balance 5; max-balance 10;
                }
                omapi-port 7911;
                authoritative; ddns-update-style none; ping-check false; dhcp-cache-threshold 0;
                default-lease-time %d; max-lease-time %d; min-lease-time 5;
                subnet 10.80.0.0 netmask 255.255.255.0 {}
                subnet 10.82.0.0 netmask 255.255.255.0 {
                  option routers 10.82.0.1;
                  pool { failover peer "%s"; range %s; }
                }
                """.formatted(
                        RELATIONSHIP,
                        seat == Seat.FIRST ? primarys : "  secondary;",
                        seat.linkAddress,
                        seat.other().linkAddress,
                        LEASE,
                        LEASE,
                        RELATIONSHIP,
                        iscsRange);
    }

    /** The manifests of this project's server at a seat. */
    String manifests(Seat seat, boolean partnerIsIsc) {
        return server(seat, false) + "---\n" + server(seat.other(), partnerIsIsc)
                + """
                ---
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpFailoverRelationship
                metadata: {name: %s, annotations: {dhcpfailover.io/lab: "true"}}
                spec:
                  primaryServer: dhcp1
                  secondaryServer: dhcp2
                  mode: %s
                  maxClientLeadTime: %ds
                  contactInterval: 2s
                  messageAuthentication: {enabled: false}
                ---
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpScope
                metadata: {name: branch}
                spec:
                  subnet: 10.82.0.0/24
                  ranges: [{start: 10.82.0.10, end: %s}]
                  leaseDuration: %ds
                  options: {routers: [10.82.0.1]}
                  failoverRelationship: %s
                """.formatted(
                        RELATIONSHIP, hotStandby ? "HotStandby" : "LoadBalance", mclt, last, LEASE, RELATIONSHIP);
    }

    private static String server(Seat seat, boolean isc) {
        String spec = isc
                ? "external: {address: " + seat.linkAddress + ", protocol: Draft12}"
                : "nodeName: node-" + seat.server + ", interfaces: [" + seat.lan + "], serverAddress: " + seat.address
                        + ", failoverAddress: " + seat.linkAddress;
        return """
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpServer
                metadata: {name: %s}
                spec: {%s}
                """.formatted(seat.server, spec);
    }
}
