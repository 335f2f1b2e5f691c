package io.dhcpfailover.node.failover.message;

/** Leaves the reading of a frame; never leaves the package. Without a stack trace: a partner decides how often. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final Decoded.Reason reason;
    private final int offset;

    Refusal(Decoded.Reason reason, int offset) {
        super(null, null, false, false);
        this.reason = reason;
        this.offset = offset;
    }

    Decoded.Reason reason() {
        return reason;
    }

    int offset() {
        return offset;
    }
}
