package io.dhcpfailover.node.network;

import java.io.IOException;
import java.io.Serial;

/** What the network of this machine does not allow; the message says what, and what to do. */
public final class NetworkException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String message;

    NetworkException(String message) {
        super(message);
        this.message = message;
    }

    NetworkException(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
