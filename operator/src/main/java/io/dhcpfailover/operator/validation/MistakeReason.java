package io.dhcpfailover.operator.validation;

/** The reason of a condition ConfigurationValid that is False. */
public enum MistakeReason {
    /** Another DhcpServer has the node, and with it port 67. */
    NodeTaken,
    /** The cluster has no such node. */
    UnknownNode,
    /** Another server is at the same address. */
    AddressTaken,
    /** Another server keeps its leases in the same place. */
    StorageShared,
    /** There is no such DhcpServer. */
    UnknownServer,
    /** There is no such DhcpFailoverRelationship. */
    UnknownRelationship,
    /** The DhcpServer itself is not valid. */
    ServerInvalid,
    /** The DhcpFailoverRelationship itself is not valid. */
    RelationshipInvalid,
    /** Both servers of a relationship run outside of the cluster. */
    NoServerOfThisCluster,
    /** A server outside of the cluster is to serve something alone. */
    ExternalServer,
    /** An external server has this partner in another relationship already. */
    PartnerTaken,
    /** A partner that speaks Draft12 cannot authenticate messages. */
    AuthenticationUnsupported,
    /** Nobody but the two clusters' people can give both the same secret. */
    SecretRequired,
    /** There is no such Secret. */
    SecretMissing,
    /** A Secret lacks a key. */
    SecretIncomplete,
    /** A shared secret is so short that it can be guessed. */
    SecretTooShort,
    /** The clocks of two servers that are to become a pair are more than a minute apart. */
    ClocksApart,
    /** A server would serve overlapping networks. */
    ScopesOverlap,
    /** A partner that speaks Draft12 would give a reserved address to anybody. */
    ReservationInRange
}
