package io.dhcpfailover.node.failover.message;

/**
 * What one server asks of the other while a link lasts.
 *
 * @param unackedUpdatesMax updates that the sender takes before it has answered the first of them: option 14, 1 to
 *     2^32 - 1
 * @param receiveTimer seconds of silence after which the sender closes the link: option 19, 3 to 2^32 - 1. Below 3,
 *     ISC dhcpd 4.4.3 sends CONTACT without a pause
 */
public record LinkParameters(long unackedUpdatesMax, long receiveTimer) {

    static final long UNACKED_UPDATES_MIN = 1;
    static final long RECEIVE_TIMER_MIN = 3;

    /**
     * @throws IllegalArgumentException when a value is outside its range
     */
    public LinkParameters {
        Ranges.between("max-unacked-bndupd", unackedUpdatesMax, UNACKED_UPDATES_MIN, Ranges.UINT32_MAX);
        Ranges.between("receive-timer", receiveTimer, RECEIVE_TIMER_MIN, Ranges.UINT32_MAX);
    }
}
