package io.dhcpfailover.node.network;

import io.dhcpfailover.node.failover.session.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether something that is tried again and again is worth a line: when it is something else, and once in a while. */
final class RepeatedLog {

    private static final long INTERVAL = Duration.ofMinutes(1).toMillis();

    private @Nullable String last;
    private long next;

    /** Whether this is to be written now. */
    boolean isNews(String text, Moment now) {
        if (text.equals(last) && now.ticks() < next) {
            return false;
        }
        last = text;
        next = now.ticks() + INTERVAL;
        return true;
    }

    /** What comes next is news. */
    void forget() {
        last = null;
    }
}
