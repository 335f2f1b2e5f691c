package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.engine.PoolStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When scopes will have given out the last address that they may, if they go on as in the last hour. Of a server whose
 * partner is down, that is all that the survivor has left. For one thread to look, and for any to ask.
 */
final class PoolForecasts {

    /** How often it is looked. */
    static final Duration INTERVAL = Duration.ofMinutes(1);

    /** What happened before says less of what comes. */
    private static final Duration WINDOW = Duration.ofHours(1);

    /** A shorter time says nothing: everyone comes to work at the same hour. */
    private static final Duration SHORTEST = Duration.ofMinutes(5);

    /** Beyond this nobody needs to know, and the rate is mostly chance. */
    private static final Duration FARTHEST = Duration.ofDays(30);

    /** A part of all addresses that clients do not give back in a minute. */
    private static final int JUMP = 10;

    private record Sample(long nanoseconds, int total, int available) {}

    private final Map<String, Deque<Sample>> samples = new HashMap<>();
    private volatile Map<String, Instant> exhaustions = Map.of();

    /**
     * Looks at all pools.
     *
     * @param nanoseconds of a clock that nobody sets
     * @param now of the wall clock
     */
    void look(List<PoolStatistics> pools, long nanoseconds, Instant now) {
        Map<String, Instant> next = new HashMap<>();
        Map<String, Deque<Sample>> kept = new HashMap<>();
        for (PoolStatistics pool : pools) {
            String scope = pool.scope().text();
            Deque<Sample> history = samples.getOrDefault(scope, new ArrayDeque<>());
            Sample latest = new Sample(nanoseconds, pool.total(), pool.available());
            if (beginsAnew(history.peekLast(), latest)) {
                history.clear();
            }
            history.removeIf(sample -> nanoseconds - sample.nanoseconds > WINDOW.toNanos());
            history.add(latest);
            kept.put(scope, history);
            Duration left = left(history.getFirst(), latest);
            if (left != null) {
                Instant before = exhaustions.get(scope);
                next.put(scope, latest.available == 0 && before != null ? before : now.plus(left));
            }
        }
        samples.clear();
        samples.putAll(kept);
        exhaustions = Map.copyOf(next);
    }

    /** With other ranges, or with what was the partner's, what happened before says nothing. */
    private static boolean beginsAnew(@Nullable Sample before, Sample latest) {
        return before != null
                && (before.total != latest.total || latest.available - before.available > latest.total / JUMP);
    }

    private static @Nullable Duration left(Sample first, Sample latest) {
        if (latest.total > 0 && latest.available == 0) {
            return Duration.ZERO;
        }
        long over = latest.nanoseconds - first.nanoseconds;
        int given = first.available - latest.available;
        if (over < SHORTEST.toNanos() || given <= 0) {
            return null;
        }
        Duration left = Duration.ofSeconds((long)
                ((double) latest.available / given * Duration.ofNanos(over).toSeconds()));
        return left.compareTo(FARTHEST) > 0 ? null : left;
    }

    /** When the scopes will be exhausted that will be soon, by their names. */
    Map<String, Instant> exhaustions() {
        return exhaustions;
    }
}
