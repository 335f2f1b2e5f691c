package io.dhcpfailover.node.failover;

/** What can happen to a relationship. Times are seconds since 1970, UTC, by this server's clock. */
public sealed interface FailoverEvent {

    /** A session is set up: CONNECT and CONNECTACK have passed, no STATE has been heard. */
    record Connected() implements FailoverEvent {}

    /**
     * A STATE message came. The first one of a session means that communications are OK.
     *
     * @param state what the partner is; never STARTUP
     * @param startup whether its STARTUP flag is set
     * @param since its start-time-of-state, by this server's clock
     */
    record Heard(ServerState state, boolean startup, long since) implements FailoverEvent {}

    /**
     * The session is over.
     *
     * @param lastHeard when anything was last heard on it; 0 where nothing was
     */
    record LinkLost(long lastHeard) implements FailoverEvent {}

    /** The safe period ({@code stateSwitchInterval}) is over. */
    record SafePeriodOver() implements FailoverEvent {}

    /**
     * An operator says that the partner is down.
     *
     * @param lastSeen when the partner was last alive, where the operator knows it; else now
     */
    record DeclaredDown(long lastSeen) implements FailoverEvent {}

    /**
     * The cluster proves that the partner's process has ended and cannot come back unseen. To be told again after
     * each change of state for as long as it holds.
     *
     * @param at when it had ended
     */
    record ProvedDown(long at) implements FailoverEvent {}

    /**
     * UPDDONE came for the latest request of this session.
     *
     * @param nothingKnown whether neither server has, or had, any client in this relationship
     */
    record UpdatesDone(boolean nothingKnown) implements FailoverEvent {}

    /** MCLT has passed since {@link RelationshipState#recoverFrom()}. */
    record WaitOver() implements FailoverEvent {}

    /** Nothing was heard of the partner for long enough after a start. */
    record StartupOver() implements FailoverEvent {}

    /**
     * This server is about to stop, by plan.
     *
     * @param forLong whether the partner should take all of its addresses: SHUTDOWN, else PAUSED
     */
    record Stopping(boolean forLong) implements FailoverEvent {}

    /** This server goes on after a planned stop, in the same process: as if it had just started. */
    record Resumed() implements FailoverEvent {}

    /** An operator wants the partner to be asked for every binding, while both serve. */
    record ResyncAsked() implements FailoverEvent {}

    /** This server's leases turn out to be lost, or older than what its partner knows to have been there. */
    record StoreLost() implements FailoverEvent {}
}
