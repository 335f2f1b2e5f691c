package io.dhcpfailover.lab.lan;

import java.util.concurrent.TimeUnit;

/** Ends what a test started on a host. */
final class Ending {

    private static final long SECONDS_MAX = 5;

    private Ending() {}

    /** Kills a process and what it started, and waits until it is gone. */
    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly()
                .onExit()
                .completeOnTimeout(process, SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }
}
