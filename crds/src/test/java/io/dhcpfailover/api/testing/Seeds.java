package io.dhcpfailover.api.testing;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Runs a property for many seeds. A failure names its seed, and {@code -Dseed=} runs that one alone.
 */
public final class Seeds {

    private Seeds() {}

    /** A property of whatever can be made from a source of randomness. */
    @FunctionalInterface
    public interface Property {
        /** Fails with an assertion where the property does not hold. */
        void check(RandomGenerator random) throws Exception;
    }

    /** Checks the property for the seeds 0 to {@code count - 1}, or for the one of {@code -Dseed=}. */
    public static void forEach(int count, Property property) {
        Long only = Long.getLong("seed");
        LongStream seeds = only == null ? LongStream.range(0, count) : LongStream.of(only);
        seeds.forEach(seed -> {
            try {
                property.check(new SplittableRandom(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + " (again with -Dseed=" + seed + "): " + e.getMessage(), e);
            }
        });
    }
}
