package io.dhcpfailover.node.engine;

/**
 * Token buckets in bounded memory: keys share a bucket where a salted hash says so, which an attacker cannot aim.
 * Times are seconds; one that goes back refills nothing.
 */
final class RateLimiter {

    /**
     * What is allowed.
     *
     * @param burst at once, up to 2,000,000
     * @param perHour after that
     */
    record Rate(int burst, long perHour) {}

    private static final int THOUSANDTHS = 1000;
    private static final int SECONDS_PER_HOUR = 3600;

    private final long salt;
    private final int[] used;
    private final int[] times;

    /** Limits keys; {@code buckets} is a power of two. */
    RateLimiter(int buckets, long salt) {
        this.salt = salt;
        this.used = new int[buckets];
        this.times = new int[buckets];
    }

    /** Whether one more of this key is within a burst, and after that within a rate; it then counts. */
    boolean allows(long key, Rate rate, long now) {
        int bucket = bucket(key);
        long left = left(bucket, rate, now);
        boolean allowed = isWithin(left, rate);
        times[bucket] = (int) now;
        used[bucket] = (int) (allowed ? left + THOUSANDTHS : left);
        return allowed;
    }

    /** Whether one more of this key would be allowed; it does not count. */
    boolean wouldAllow(long key, Rate rate, long now) {
        return isWithin(left(bucket(key), rate, now), rate);
    }

    private int bucket(long key) {
        return (int) Hash.mix(key ^ salt) & (used.length - 1);
    }

    private long left(int bucket, Rate rate, long now) {
        long passed = Math.max(0, (int) now - times[bucket]);
        return Math.max(0, used[bucket] - passed * rate.perHour * THOUSANDTHS / SECONDS_PER_HOUR);
    }

    private static boolean isWithin(long left, Rate rate) {
        return left + THOUSANDTHS <= (long) rate.burst * THOUSANDTHS;
    }
}
