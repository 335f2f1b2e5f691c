package io.dhcpfailover.operator.check;

/**
 * Something that was looked at.
 *
 * @param good whether it is as it has to be
 * @param text what it is, for people, and what to do where it is not good
 */
record Finding(boolean good, String text) {

    /** As it has to be. */
    static Finding good(String text) {
        return new Finding(true, text);
    }

    /** Not as it has to be. */
    static Finding bad(String text) {
        return new Finding(false, text);
    }

    @Override
    public String toString() {
        return (good ? "ok      " : "FAILED  ") + text;
    }
}
