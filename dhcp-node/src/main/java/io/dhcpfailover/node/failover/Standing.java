package io.dhcpfailover.node.failover;

/**
 * Where a server stands in a relationship: what it keeps on disk, and what it knows only while it runs.
 *
 * @param kept what a restart must find again
 * @param startup whether it has started and waits for its partner, answering nobody
 * @param linked whether communications are OK: the partner's state was heard in this session
 * @param told whether this session carried this server's state
 * @param asked whether an update request of this state is not answered yet
 * @param updated whether one was, and the next state waits for the end of MCLT
 * @param aloneSince since when it has been running without its partner, in seconds since 1970
 */
public record Standing(
        RelationshipState kept,
        boolean startup,
        boolean linked,
        boolean told,
        boolean asked,
        boolean updated,
        long aloneSince) {

    /** What the server is now, STARTUP included. */
    public ServerState state() {
        return startup ? ServerState.STARTUP : kept.state();
    }

    static Standing started(RelationshipState kept, long now) {
        return new Standing(kept, true, false, false, false, false, now);
    }

    Standing keeping(RelationshipState next) {
        return new Standing(next, startup, linked, told, asked, updated, aloneSince);
    }

    Standing running() {
        return new Standing(kept, false, linked, told, asked, updated, aloneSince);
    }

    Standing connected() {
        return new Standing(kept, startup, false, false, false, false, aloneSince);
    }

    /** Hears its partner, and so is not in STARTUP any more. */
    Standing hearing(RelationshipState next) {
        return new Standing(next, false, true, told, asked, updated, aloneSince);
    }

    Standing disconnected(RelationshipState next, long now) {
        return new Standing(next, startup, false, false, false, false, linked ? now : aloneSince);
    }

    Standing telling() {
        return new Standing(kept, startup, linked, true, asked, updated, aloneSince);
    }

    Standing asking() {
        return new Standing(kept, startup, linked, told, true, false, aloneSince);
    }

    Standing answered(boolean waits) {
        return new Standing(kept, startup, linked, told, false, waits, aloneSince);
    }
}
