package io.dhcpfailover.node.manage;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The engine's time: that of the wall clock, measured by one that nobody can set. A small difference, as daemons that
 * keep clocks right make it, is followed slowly; a large one is a step, which the engine is told of. Belongs to one thread.
 */
final class ServerClock {

    /** A difference that somebody made who set the clock, in milliseconds. */
    private static final long STEP_MIN = 2000;

    /** How much is followed in a second: twice what a kernel slews a clock by (500 ppm). */
    private static final long SLEW_PER_SECOND = 1;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final InstantSource wall;
    private final LongSupplier nanoseconds;
    private long anchorMillis;
    private long anchorNanos;

    ServerClock(InstantSource wall, LongSupplier nanoseconds) {
        this.wall = wall;
        this.nanoseconds = nanoseconds;
        this.anchorMillis = wall.millis();
        this.anchorNanos = nanoseconds.getAsLong();
    }

    /** Milliseconds since 1970; never less than before, but for steps. */
    long millis() {
        return anchorMillis + (nanoseconds.getAsLong() - anchorNanos) / NANOS_PER_MILLI;
    }

    long seconds() {
        return Math.floorDiv(millis(), 1000);
    }

    /** To be called every second: by how many seconds the clock was set, 0 where it was not. */
    long step() {
        long difference = wall.millis() - millis();
        if (Math.abs(difference) < STEP_MIN) {
            anchorMillis += Math.clamp(difference, -SLEW_PER_SECOND, SLEW_PER_SECOND);
            return 0;
        }
        long seconds = Math.floorDiv(difference, 1000);
        anchorMillis += seconds * 1000;
        return seconds;
    }
}
