package io.dhcpfailover.operator.report;

/** Every condition of every kind, by the name that it has in a status. */
public enum ConditionType {
    /**
     * Of a relationship: both servers are in NORMAL and serve what is asked. Of a scope: its clients are answered. Of a
     * server: its process serves. Of an action: it has succeeded.
     */
    Ready,
    /** The servers of a relationship have a session with each other. */
    PartnersConnected,
    /** The clocks of a relationship's servers differ by no more than the protocol allows. */
    ClocksInSync,
    /** Both servers of a relationship serve each of its scopes as asked. */
    ScopesInSync,
    /** Both servers of a relationship have the free addresses that they should have for new clients. */
    PoolsBalanced,
    /** What is asked contradicts nothing that is asked elsewhere. */
    ConfigurationValid,
    /** Something is wrong that a person should know of. True is bad. */
    Degraded,
    /** Every server of a scope serves it as asked. */
    InSync,
    /** A scope has no address for a new client. True is bad. */
    Exhausted,
    /** A server answers the operator. */
    Reachable,
    /** A server may answer clients. */
    Authorized,
    /** A server has the server identifier that its clients know. */
    AddressStable,
    /** What a server promises can be stored. */
    StorageHealthy
}
