package io.dhcpfailover.api.v1alpha1;

/** A server's state in a relationship (draft-ietf-dhc-failover-12, section 9.2). */
public enum FailoverState {
    /** Started, and waiting to hear from its partner before it answers. */
    Startup,
    /** Both serve and know of each other. */
    Normal,
    /** The partner does not answer, and may still serve. */
    CommunicationsInterrupted,
    /** The partner is known not to serve. */
    PartnerDown,
    /** Both served all addresses at a time, and compare their leases. */
    PotentialConflict,
    /** The primary has compared its leases, the secondary not yet. */
    ConflictDone,
    /** The comparison of leases was interrupted. */
    ResolutionInterrupted,
    /** Asking the partner for leases that it does not have itself. */
    Recover,
    /** Has every lease, and waits until those that the partner never heard of have ended. */
    RecoverWait,
    /** Ready to serve as soon as the partner knows. */
    RecoverDone,
    /** Stopped by command for a short while. */
    Paused,
    /** Stopped by command. */
    Shutdown
}
