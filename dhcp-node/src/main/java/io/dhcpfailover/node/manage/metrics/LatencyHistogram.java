package io.dhcpfailover.node.manage.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long something took, by buckets that each are about twice as long as the one before, from 50 µs to 5 s. One thread
 * counts, without a lock and without garbage; any other reads, and may miss the last of it.
 */
public final class LatencyHistogram {

    private static final double[] SECONDS = {
        0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5
    };
    private static final double NANOS = 1e9;

    private static final long[] BOUNDS = bounds();

    /** One for each bucket, one for what is longer than all of them, and the sum in nanoseconds. */
    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length + 2);

    private static long[] bounds() {
        long[] bounds = new long[SECONDS.length];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = Math.round(SECONDS[i] * NANOS);
        }
        return bounds;
    }

    /** It took so long. For one thread. */
    public void count(long nanoseconds) {
        long took = Math.max(0, nanoseconds);
        int bucket = 0;
        while (bucket < BOUNDS.length && took > BOUNDS[bucket]) {
            bucket++;
        }
        add(bucket, 1);
        add(BOUNDS.length + 1, took);
    }

    private void add(int place, long more) {
        counts.setRelease(place, counts.getPlain(place) + more);
    }

    /** The upper bounds of the buckets, in seconds; the last one is infinite. */
    double[] upperBounds() {
        double[] bounds = Arrays.copyOf(SECONDS, SECONDS.length + 1);
        bounds[SECONDS.length] = Double.POSITIVE_INFINITY;
        return bounds;
    }

    /** How many were in each bucket, and in none before it. */
    long[] counts() {
        long[] copy = new long[BOUNDS.length + 1];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts.getAcquire(i);
        }
        return copy;
    }

    /** All of them together, in seconds. */
    double sum() {
        return counts.getAcquire(BOUNDS.length + 1) / NANOS;
    }
}
