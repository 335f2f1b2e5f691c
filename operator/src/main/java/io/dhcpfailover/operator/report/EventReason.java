package io.dhcpfailover.operator.report;

/** Why the operator records an event: its reason as it is in Kubernetes. */
public enum EventReason {
    /** A server of a relationship is in another state. A Warning when it leaves NORMAL or takes its partner for down. */
    FailoverStateChange,
    /** The cluster proves that a server's process has ended: its partner takes it for down. */
    PartnerDownProved,
    /** The clocks of two servers differ by more than the protocol allows. */
    TimeOutOfSync,
    /** The servers of a relationship have lost each other. */
    CommunicationDown,
    /** The servers of a relationship have found each other. */
    CommunicationUp,
    /** A relationship serves one more scope. */
    ScopeAdded,
    /** A relationship serves one scope less. */
    ScopeRemoved,
    /** A server serves a change of a scope. */
    ScopeReplicated,
    /** What holds for a relationship was changed, with its old and its new value. */
    ConfigurationChanged,
    /** A scope has no address for a new client. */
    PoolExhausted,
    /** A server serves a scope as nobody asked for. */
    DriftDetected,
    /** A partner, or who says to be one, does not have the secret. */
    AuthenticationFailed,
    /** What is asked contradicts what is asked elsewhere; what ran before goes on. */
    ConfigurationInvalid,
    /** What was asked contradicts nothing any more. */
    ConfigurationValid,
    /** A server does not answer the operator. */
    ServerUnreachable,
    /** A server answers the operator again. */
    ServerReachable,
    /** The node of a server is gone. */
    NodeGone,
    /** Another process has the port of a server. */
    PortInUse,
    /** A network interface of a server is missing. */
    InterfaceMissing,
    /** A server cannot store what it promises. */
    StorageFailing,
    /** The address of a server's node, or its server identifier, is another one. */
    AddressChanged,
    /** A change that needs a restart is being brought to a pair, or an end of that. */
    Rollout
}
