package io.dhcpfailover.node.failover.session;

import org.jspecify.annotations.Nullable;

/**
 * How far a partner's clock is from this server's. What a message says is late by the time that it took, so of several
 * the largest is the truest.
 */
final class Clocks {

    /** Beyond it, partners refuse each other (section 8.3 wants it agreed; ISC dhcpd 4.4.3 has this number). */
    static final long SKEW_MAX_SECONDS = 60;

    /** From here on, a person should know before it is too much. */
    static final long SKEW_WARNED_SECONDS = 30;

    /** Of a clock that was set, and not of a slow disk or network. */
    private static final long CHANGE_MAX_SECONDS = 5;

    private static final long WINDOW_MILLIS = 5000;

    private final long agreed;
    private long windowStart;
    private long best;
    private long bestBefore;

    /**
     * Watches a session that began with this skew.
     */
    Clocks(long agreed, Moment now) {
        this.agreed = agreed;
        this.windowStart = now.ticks();
        this.best = agreed;
        this.bestBefore = agreed;
    }

    /** Why the partner is refused whose message says this time; null where it is not. */
    static @Nullable String whyRefused(long said, Moment now) {
        long skew = said - now.time();
        return Math.abs(skew) <= SKEW_MAX_SECONDS
                ? null
                : "the partner's clock is " + apart(skew) + " this server's, and " + SKEW_MAX_SECONDS
                        + " s are the most that is safe: set both by NTP";
    }

    static @Nullable String warning(long skew) {
        return Math.abs(skew) < SKEW_WARNED_SECONDS
                ? null
                : "the partner's clock is " + apart(skew) + " this server's; beyond " + SKEW_MAX_SECONDS
                        + " s the two refuse each other: set both by NTP";
    }

    /** A message said this time: why the session cannot go on as it was agreed on; null where it can. */
    @Nullable String heard(long said, Moment now) {
        if (now.ticks() - windowStart >= WINDOW_MILLIS) {
            bestBefore = now.ticks() - windowStart >= 2 * WINDOW_MILLIS ? said - now.time() : best;
            best = said - now.time();
            windowStart = now.ticks();
        }
        best = Math.max(best, said - now.time());
        long change = Math.max(best, bestBefore) - agreed;
        return Math.abs(change) <= CHANGE_MAX_SECONDS
                ? null
                : "the clocks moved against each other since the session began, and the partner's is now "
                        + apart(agreed + change) + " this server's: they are compared anew";
    }

    private static String apart(long skew) {
        return Math.abs(skew) + " s " + (skew < 0 ? "behind" : "ahead of");
    }
}
