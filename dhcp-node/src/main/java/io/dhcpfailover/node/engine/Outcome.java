package io.dhcpfailover.node.engine;

/** What became of a packet: each is counted. */
public enum Outcome {
    /** An address was offered. */
    OFFERED,
    /** An address was granted, or its lease prolonged. */
    ACKNOWLEDGED,
    /** A client was told that it may not use its address. */
    REFUSED,
    /** A client gave its address back. */
    RELEASED,
    /** A client found its address in use. */
    DECLINED,
    /** A client with an address was told options. */
    INFORMED,
    /** A BOOTP client was answered. */
    BOOTP_ANSWERED,
    /** A leasequery was answered. */
    LEASEQUERY_ANSWERED,
    /** The offer waits for an echo of its address. */
    PROBING,
    /** Dropped: it is a server's, or a kind of message that only servers send. */
    NOT_FOR_SERVERS,
    /** Dropped: a hardware address that no client has, and no identifier. */
    BAD_HARDWARE_ADDRESS,
    /** Dropped: a relay's address that no relay has, or one of this server's own. */
    BAD_RELAY_ADDRESS,
    /** Dropped: it passed more relays than any network has. */
    TOO_MANY_HOPS,
    /** Dropped: a message without what its kind must have. */
    INCOMPLETE,
    /** Dropped: the server is not authorized. */
    NOT_AUTHORIZED,
    /** Dropped: the partner answers the client, or this server answers nobody now. */
    PARTNERS_CLIENT,
    /** Dropped: the partner may have let the client have the address. */
    PARTNERS_ADDRESS,
    /** Dropped: the client's link is in no scope. */
    NO_SCOPE,
    /** Dropped: the scope is inactive. */
    SCOPE_INACTIVE,
    /** Dropped: the scope does not serve clients of this protocol. */
    WRONG_PROTOCOL,
    /** Dropped: no address is free. */
    NO_FREE_ADDRESS,
    /** Dropped: the client takes another server's offer, or speaks to another server. */
    OTHER_SERVER,
    /** Dropped: a client that nothing is known of asks for its old address. */
    UNKNOWN_CLIENT,
    /** Dropped: the address is not this client's to give back or to decline. */
    NOT_ITS_ADDRESS,
    /** Dropped: the client sends too much. */
    CLIENT_LIMIT,
    /** Dropped: too many clients of one circuit ask at once. */
    CIRCUIT_LIMIT,
    /** Dropped: too many clients of one relay or link ask at once. */
    RELAY_LIMIT,
    /** Dropped: too many addresses are being probed. */
    PROBE_LIMIT,
    /** Dropped: who asks may not ask for leases. */
    LEASEQUERY_NOT_ALLOWED,
    /** Dropped: the store takes nothing, so nothing may be promised. */
    STORAGE_FAILING
}
