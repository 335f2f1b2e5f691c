package io.dhcpfailover.node.lease;

/**
 * What a server knows of an address besides the binding itself because it has a partner: how long each of the two may
 * have promised it, how often each has changed it, and whether the partner knows the latest of it. Times are seconds
 * since 1970, UTC, by this server's clock; 0 means never, {@link Binding#UNLIMITED} without end. Only its server
 * changes it, and stores the binding with it.
 */
public final class Agreement {

    /** For how long after its end a lease counts as one that the partner's clock may not have ended yet. */
    static final int PARTNERS_CLOCK_SECONDS = 60;

    /** The greatest number of a change. */
    private static final long CHANGE_MAX = 1L << 62;

    int sentPotential;
    int ackedPotential;
    int receivedPotential;
    long primaryChange;
    long secondaryChange;
    boolean pending;
    boolean byPartner;

    private boolean queued;
    private boolean underWay;
    private boolean told;

    Agreement() {}

    static boolean isNumber(long change) {
        return change >= 0 && change <= CHANGE_MAX;
    }

    /** The potential-expiration-time that the partner was told, or is to be told. */
    public long sentPotential() {
        return Integer.toUnsignedLong(sentPotential);
    }

    /** The potential-expiration-time that the partner acknowledged. */
    public long ackedPotential() {
        return Integer.toUnsignedLong(ackedPotential);
    }

    /** The potential-expiration-time that the partner said and this server acknowledged. */
    public long receivedPotential() {
        return Integer.toUnsignedLong(receivedPotential);
    }

    /** Each from 0 to {@link Binding#UNLIMITED}. */
    public void setPotentials(long sent, long acked, long received) {
        sentPotential = (int) sent;
        ackedPotential = (int) acked;
        receivedPotential = (int) received;
    }

    /** The number of the latest change by the primary; 0 where there was none. */
    public long primaryChange() {
        return primaryChange;
    }

    /** The number of the latest change by the secondary; 0 where there was none. */
    public long secondaryChange() {
        return secondaryChange;
    }

    /** The latest changes that it contains. */
    public void setChanges(long primary, long secondary) {
        primaryChange = primary;
        secondaryChange = secondary;
    }

    /** Whether the partner has not acknowledged what is known here. */
    public boolean pending() {
        return pending;
    }

    /** Whether the partner has not acknowledged it; what was sent before then counts as never sent. */
    public void setPending(boolean is) {
        pending = is;
        told = false;
    }

    /** Whether the latest word on it was the partner's. */
    public boolean byPartner() {
        return byPartner;
    }

    /** Whether it waits to be sent. Not stored. */
    public boolean queued() {
        return queued;
    }

    /** Whether it waits to be sent. */
    public void setQueued(boolean is) {
        queued = is;
    }

    /** Whether an update of it is sent and not answered. Not stored. */
    public boolean underWay() {
        return underWay;
    }

    /** Whether an update of it is sent and not answered. */
    public void setUnderWay(boolean is) {
        underWay = is;
    }

    /** Whether the partner may know what it has not acknowledged: it was sent, or may have been before a restart. */
    public boolean told() {
        return told;
    }

    /** The partner may know it from now on. */
    public void setTold() {
        told = true;
    }
}
