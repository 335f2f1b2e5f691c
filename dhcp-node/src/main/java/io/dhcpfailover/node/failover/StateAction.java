package io.dhcpfailover.node.failover;

/** What a server does as its state changes, once that is on disk, in the order given. */
public sealed interface StateAction {

    /**
     * Sends a STATE message.
     *
     * @param state never STARTUP
     * @param startup its STARTUP flag
     * @param since its start-time-of-state, in seconds since 1970
     */
    record SendState(ServerState state, boolean startup, long since) implements StateAction {}

    /**
     * Asks the partner for its bindings, in place of any request before.
     *
     * @param all UPDREQALL, else UPDREQ
     */
    record RequestUpdates(boolean all) implements StateAction {}

    /** Sends every binding that the partner has not acknowledged. */
    record SendPendingUpdates() implements StateAction {}

    /** Sees that each has its share of the free addresses; the secondary by POOLREQ where it has too few. */
    record BalanceAddresses() implements StateAction {}

    /** Closes the session without a word, and opens another: the partner stands no other way out. */
    record DropLink() implements StateAction {}

    /** Does not do what was asked, and says why. */
    record Refuse(String reason) implements StateAction {}
}
