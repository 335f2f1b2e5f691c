package io.dhcpfailover.node.configuration.cel;

/** An expression has no value, because one of its parts has none: no such key, an overflow, a number that is none. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What has no value. The place in the code is of no interest to anybody, so no stack trace is taken. */
    EvaluationException(String message) {
        super(message, null, false, false);
    }
}
