package io.dhcpfailover.lab.e2e;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** For how long a test waits: as long as is promised, and longer where the machine has more to do than it can. */
final class Patience {

    private Patience() {}

    /** This time, as many times as there are processes for each processor now, and once at least. */
    static Duration of(Duration promised) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                / Runtime.getRuntime().availableProcessors();
        return Duration.ofMillis((long) (promised.toMillis() * Math.max(1, load)));
    }
}
