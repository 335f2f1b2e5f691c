package io.dhcpfailover.node.network;

import java.time.Duration;
import org.slf4j.Logger;

/** Warnings that a network can cause as often as it likes, of which one in an interval is written. For one thread. */
public final class SparseLog {

    /** Often enough for a person who looks, and little enough for a disk under a flood. */
    private static final long INTERVAL_NANOSECONDS = Duration.ofSeconds(10).toNanos();

    private final Logger log;
    private long next = System.nanoTime();
    private long suppressed;

    /** What it writes goes to this log. */
    public SparseLog(Logger log) {
        this.log = log;
    }

    /** Writes a warning, where none was written for a while. */
    public void warn(String what, Throwable cause) {
        long now = System.nanoTime();
        if (now - next < 0) {
            suppressed++;
            return;
        }
        next = now + INTERVAL_NANOSECONDS;
        log.warn("{} ({} more of such warnings were left out)", what, suppressed, cause);
        suppressed = 0;
    }
}
