package io.dhcpfailover.node.simulation;

/** The clock of one server: it differs from true time, drifts, and is set. */
final class SimulatedClock {

    private static final long PARTS_PER_MILLION = 1_000_000;

    private final World world;
    private final long drift;
    private long error;
    private long setBack;

    /**
     * A clock.
     *
     * @param error how many milliseconds it is ahead of true time
     * @param drift how much it gains, in millionths
     */
    SimulatedClock(World world, long error, long drift) {
        this.world = world;
        this.error = error;
        this.drift = drift;
    }

    /** What it shows, in milliseconds since 1970. */
    long millis() {
        return world.now() + ahead();
    }

    /** What it shows, in seconds since 1970. */
    long seconds() {
        return Math.floorDiv(millis(), 1000);
    }

    /** How many milliseconds it is ahead of true time. */
    long ahead() {
        return error + (world.now() - World.START) * drift / PARTS_PER_MILLION;
    }

    /** True time at which it shows so many seconds since 1970, in milliseconds. */
    long trueTime(long seconds) {
        return seconds * 1000 - ahead();
    }

    /** Sets it back by so many seconds while its server is down, and nobody can notice. */
    void setBack(long seconds) {
        set(-seconds);
        setBack += seconds;
    }

    /** By how many milliseconds it was set back that nobody could notice: all its server knows ends so much later. */
    long setBack() {
        return setBack * 1000;
    }

    /** Sets it by so many seconds. */
    void set(long seconds) {
        error += seconds * 1000;
    }
}
