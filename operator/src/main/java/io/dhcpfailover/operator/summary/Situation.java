package io.dhcpfailover.operator.summary;

/**
 * How a relationship is doing.
 *
 * @param ready whether both servers are in NORMAL
 * @param reason in CamelCase, for programs
 * @param message for people: what is wrong, who serves meanwhile, and what to do
 */
record Situation(boolean ready, String reason, String message) {

    static Situation good(String reason, String message) {
        return new Situation(true, reason, message);
    }

    static Situation bad(String reason, String message) {
        return new Situation(false, reason, message);
    }
}
