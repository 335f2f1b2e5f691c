package io.dhcpfailover.node.engine;

/**
 * Token buckets in bounded memory: keys share a bucket where a salted hash says so, which an attacker cannot aim.
 * Times are seconds; one that goes back refills nothing.
 */
final class RateLimiter {

    private static final int THOUSANDTHS = 1000;
    private static final int SECONDS_PER_HOUR = 3600;

    private final int capacity;
    private final long refillPerHour;
    private final long salt;
    private final int[] missing;
    private final int[] times;

    /**
     * Limits each key to a burst, and to a rate after that.
     *
     * @param buckets a power of two
     */
    RateLimiter(int buckets, int burst, long refillPerHour, long salt) {
        this.capacity = burst * THOUSANDTHS;
        this.refillPerHour = refillPerHour;
        this.salt = salt;
        this.missing = new int[buckets];
        this.times = new int[buckets];
    }

    /** Whether one more of this key is within the limit; it then counts. */
    boolean allows(long key, long now) {
        int bucket = (int) Hash.mix(key ^ salt) & (missing.length - 1);
        long passed = Math.max(0, (int) now - times[bucket]);
        times[bucket] = (int) now;
        long left = Math.max(0, missing[bucket] - passed * refillPerHour * THOUSANDTHS / SECONDS_PER_HOUR);
        boolean allowed = left + THOUSANDTHS <= capacity;
        missing[bucket] = (int) (allowed ? left + THOUSANDTHS : left);
        return allowed;
    }
}
