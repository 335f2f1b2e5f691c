package io.dhcpfailover.api.node;

/**
 * Where the operations of a server's management API are. Those below /v1 ask for a certificate of the authority that the
 * server is given, in mutual TLS. What was asked by POST is done once it is answered with 204; 404 names a relationship
 * that is not there, 409 says why it is not done now.
 */
public final class NodeApi {

    /** The TCP port where nothing else is said. */
    public static final int PORT = 9647;

    /** PUT: a {@link ConfigurationDocument}, which the server holds instead of what it held. GET: what it holds, without secrets. */
    public static final String CONFIGURATION = "/v1/configuration";

    /** PUT: the manifest of one DhcpScope, by its name. */
    public static final String SCOPE = CONFIGURATION + "/scopes/{name}";

    /** PUT: the manifest of one DhcpFailoverRelationship, by its name. */
    public static final String RELATIONSHIP = CONFIGURATION + "/relationships/{name}";

    /** GET: a {@link NodeStatus}. */
    public static final String STATUS = "/v1/status";

    /** GET: server-sent events, each with a {@link NodeStatus}: one at once, then one for each change. */
    public static final String STATUS_STREAM = STATUS + "/stream";

    /** POST: a {@link PartnerDownRequest}. */
    public static final String PARTNER_DOWN = "/v1/relationships/{name}/partner-down";

    /** POST: the server asks its partner for every binding. */
    public static final String RESYNC = "/v1/relationships/{name}/resync";

    /** POST: the server hands its clients over to its partners, and answers none from then on, also after a restart. */
    public static final String MAINTENANCE_START = "/v1/maintenance/start";

    /** POST: the server answers clients again. */
    public static final String MAINTENANCE_END = "/v1/maintenance/end";

    /**
     * GET: a {@link LeaseList}. Query: {@code limit} (1 to 1000, 100 where it is absent), {@code after} (the {@code next}
     * of the page before), {@code scope}, {@code state}, {@code client} (a MAC address, or an identifier in hexadecimal),
     * {@code hostName} (a part of it).
     */
    public static final String LEASES = "/v1/leases";

    /** GET: the {@link Lease} of an address. */
    public static final String LEASE = LEASES + "/{address}";

    /** POST: takes a leased address from its client. */
    public static final String LEASE_RELEASE = LEASE + "/release";

    /** POST: an abandoned address is free again. */
    public static final String LEASE_RESET = LEASE + "/reset";

    /**
     * GET: a {@link LeaseHistory}. Query: {@code address}, {@code client}, {@code from}, {@code to}, {@code limit} (1 to
     * 1000, 100 where it is absent).
     */
    public static final String HISTORY = "/v1/history";

    /** GET: the {@link LeaseHolder} of an address. Query: {@code at}, now where it is absent. */
    public static final String HOLDER = HISTORY + "/{address}";

    /**
     * GET: a {@link ClientExplanation}. Query: {@code client} (a MAC address, or an identifier in hexadecimal), and where
     * it is: {@code scope}, {@code relay} (an address) or {@code interface}; everywhere where nothing says so.
     */
    public static final String EXPLAIN = "/v1/explain";

    /** GET, without a certificate: 200 while the engine's loop turns. */
    public static final String LIVENESS = "/health/liveness";

    /** GET, without a certificate: 200 while sockets are bound, the store is recovered and a configuration is loaded. */
    public static final String READINESS = "/health/readiness";

    /** GET, without a certificate: metrics in the text format of Prometheus. */
    public static final String METRICS = "/metrics";

    private NodeApi() {}
}
