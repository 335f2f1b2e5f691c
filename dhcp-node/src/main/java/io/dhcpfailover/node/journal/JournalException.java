package io.dhcpfailover.node.journal;

import java.io.IOException;

/** A store that must not be used: its message says which file, what is wrong with it, and what to do. */
public final class JournalException extends IOException {

    private static final long serialVersionUID = 1;

    JournalException(String message) {
        super(message);
    }
}
