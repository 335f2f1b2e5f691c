package io.dhcpfailover.node.journal;

import java.io.IOException;

/** A store that must not be used: its message says which file, what is wrong with it, and what to do. */
public final class JournalException extends IOException {

    private static final long serialVersionUID = 1;

    /** The end of a message of damage. */
    static final String WHAT_TO_DO =
            ": restore the folder from a copy, or remove it and let the partner send every lease";

    JournalException(String message) {
        super(message);
    }
}
