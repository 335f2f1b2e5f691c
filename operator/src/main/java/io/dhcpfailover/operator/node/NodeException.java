package io.dhcpfailover.operator.node;

import java.io.IOException;

/** A server answered what it should not, or did not do what it was asked. */
public final class NodeException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    NodeException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The status of HTTP that the server answered with. */
    public int status() {
        return status;
    }
}
