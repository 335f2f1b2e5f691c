package io.dhcpfailover.node.manage.isc;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the two servers, whichever program it is. States are as the draft writes them, such as {@code NORMAL}. */
interface FailoverServer extends AutoCloseable {

    Seat seat();

    /** The state that it says it is in; null where it has said none. */
    @Nullable String state();

    boolean isAlive();

    /** All that it wrote since it was last started. */
    String log();

    /** Starts it again; it finds what it kept on its disk. */
    void start() throws IOException;

    /** As kill -9 does. */
    void kill();

    /** Stops it as an administrator does, and waits until it has ended. */
    void stop() throws IOException, InterruptedException;

    /** Loses what it has on its disk; for one that does not run. */
    void loseDisk() throws IOException;

    /** What its disk says of addresses, also while it runs. */
    List<KeptLease> leases() throws IOException;

    @Override
    void close();
}
