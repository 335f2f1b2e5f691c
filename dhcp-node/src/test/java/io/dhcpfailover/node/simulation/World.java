package io.dhcpfailover.node.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** True time, and what is going to happen: events in the order of their times, from one seed. */
final class World {

    /** Where a simulation begins, in milliseconds since 1970. */
    static final long START = 1_800_000_000_000L;

    private record Event(long time, long number, Runnable action) {}

    private final RandomGenerator random;
    private final PriorityQueue<Event> events = new PriorityQueue<>((one, other) ->
            one.time == other.time ? Long.compare(one.number, other.number) : Long.compare(one.time, other.time));
    private final List<Runnable> invariants = new ArrayList<>();
    private long now = START;
    private long number;

    private final @Nullable Consumer<String> trace;

    World(RandomGenerator random) {
        this(random, null);
    }

    /**
     * A world that says what happens.
     *
     * @param trace takes lines; null where nobody reads them
     */
    World(RandomGenerator random, @Nullable Consumer<String> trace) {
        this.random = random;
        this.trace = trace;
    }

    /** Says what happens now, in a line, where anyone reads it. */
    void say(Supplier<String> what) {
        if (trace != null) {
            trace.accept("%9.3f %s".formatted((now - START) / 1000.0, what.get()));
        }
    }

    RandomGenerator random() {
        return random;
    }

    /** True time, in milliseconds since 1970. */
    long now() {
        return now;
    }

    boolean oneOf(int count) {
        return random.nextInt(count) == 0;
    }

    /** Makes something happen after so many milliseconds. */
    void after(long milliseconds, Runnable action) {
        events.add(new Event(now + milliseconds, number++, action));
    }

    /** What must hold after every event. */
    void always(Runnable check) {
        invariants.add(check);
    }

    /** Lets time pass, and what belongs to it happen. */
    void pass(long milliseconds) {
        long end = now + milliseconds;
        for (Event next = events.peek(); next != null && next.time <= end; next = events.peek()) {
            events.remove();
            now = next.time;
            next.action.run();
            invariants.forEach(Runnable::run);
        }
        now = end;
    }
}
