package io.dhcpfailover.node.simulation;

import io.dhcpfailover.node.simulation.PairLife.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs lives of pairs from seeds, on all processors, and tells the story of the first one that fails. */
final class PairSeeds {

    private static final int MISFORTUNES = 24;

    /** How many lines before the end of a story are told. */
    private static final int LINES = Integer.getInteger("lines", 150);

    private PairSeeds() {}

    /** A life that failed. */
    record Failure(long seed, Throwable cause) {}

    /**
     * What kind of life it is.
     *
     * @param name of the kind
     * @param course lives it, in a world whose seed says how
     */
    record Life(String name, Consumer<World> course) {

        /** Of one pair. */
        static Life of(Kind kind, Supplier<Mistake> mistake) {
            return new Life(kind.name(), world -> new PairLife(world, kind, mistake.get()).run(MISFORTUNES));
        }

        /** Of one pair in whose servers no mistake is planted. */
        static Life of(Kind kind) {
            return of(kind, () -> Mistake.NONE);
        }

        /** Of two pairs that have servers in common. */
        static Life ofSharedHosts() {
            return new Life("SHARED_HOSTS", world -> new SharedHostsLife(world).run(MISFORTUNES));
        }

        /** The one of this name. */
        static Life named(String name) {
            return name.equals("SHARED_HOSTS") ? ofSharedHosts() : of(Kind.valueOf(name));
        }

        /** How it fails with this seed; null where it does not. */
        @Nullable Failure failure(long seed) {
            try {
                course.accept(new World(new SplittableRandom(seed)));
                return null;
            } catch (RuntimeException | AssertionError e) {
                return new Failure(seed, e);
            }
        }
    }

    /** Fails with the seed, and what happened last, of a life that does; {@code -Dseed=} runs that one alone. */
    static void run(int seeds, Life life) {
        Long only = Long.getLong("seed");
        Failure failure = only == null ? firstFailure(seeds, life) : life.failure(only);
        if (failure != null) {
            throw new AssertionError(
                    "seed " + failure.seed + " of " + life.name + " (again with -Dseed=" + failure.seed + "): "
                            + failure.cause.getMessage() + "\n" + story(failure.seed, life),
                    failure.cause);
        }
    }

    /** The failure of the lowest seed among those that were run until one failed; null where none of them did. */
    static @Nullable Failure firstFailure(int seeds, Life life) {
        AtomicLong next = new AtomicLong();
        AtomicReference<@Nullable Failure> first = new AtomicReference<>();
        int threads = Runtime.getRuntime().availableProcessors();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<? extends Future<?>> all = IntStream.range(0, threads)
                    .mapToObj(i -> executor.submit(() -> {
                        while (first.get() == null) {
                            long seed = next.getAndIncrement();
                            if (seed >= seeds) {
                                return;
                            }
                            Failure failure = life.failure(seed);
                            if (failure != null) {
                                first.accumulateAndGet(failure, PairSeeds::lower);
                            }
                        }
                    }))
                    .toList();
            for (Future<?> future : all) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return first.get();
    }

    /** Which changes of state are seen in the lives of the seeds below this, and how often. */
    static Map<String, Integer> changes(int seeds, Kind kind) {
        Map<String, Integer> changes = new TreeMap<>();
        for (long seed = 0; seed < seeds; seed++) {
            PairLife life = new PairLife(new World(new SplittableRandom(seed)), kind, Mistake.NONE);
            life.run(MISFORTUNES);
            life.pair().states().seen().forEach((change, count) -> changes.merge(change, count, Integer::sum));
        }
        return changes;
    }

    private static @Nullable Failure lower(@Nullable Failure one, @Nullable Failure other) {
        return one == null || (other != null && other.seed < one.seed) ? other : one;
    }

    private static String story(long seed, Life life) {
        Deque<String> lines = new ArrayDeque<>();
        World world = new World(new SplittableRandom(seed), line -> {
            lines.add(line);
            if (lines.size() > LINES) {
                lines.remove();
            }
        });
        try {
            life.course.accept(world);
            lines.add("and this time nothing failed");
        } catch (RuntimeException | AssertionError e) {
            lines.add(String.valueOf(e));
        }
        return String.join("\n", lines);
    }
}
