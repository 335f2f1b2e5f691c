package io.dhcpfailover.node.simulation;

import io.dhcpfailover.node.simulation.PairLife.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
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

    /** Fails with the seed, and what happened last, of a life that does; {@code -Dseed=} runs that one alone. */
    static void run(int seeds, Kind kind, Supplier<Mistake> mistake) {
        Long only = Long.getLong("seed");
        Failure failure = only == null ? firstFailure(seeds, kind, mistake) : failure(only, kind, mistake);
        if (failure != null) {
            throw new AssertionError(
                    "seed " + failure.seed + " of " + kind + " (again with -Dseed=" + failure.seed + "): "
                            + failure.cause.getMessage() + "\n" + story(failure.seed, kind, mistake),
                    failure.cause);
        }
    }

    /** The failure of the lowest seed among those that were run until one failed; null where none of them did. */
    static @Nullable Failure firstFailure(int seeds, Kind kind, Supplier<Mistake> mistake) {
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
                            Failure failure = failure(seed, kind, mistake);
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

    private static @Nullable Failure lower(@Nullable Failure one, @Nullable Failure other) {
        return one == null || (other != null && other.seed < one.seed) ? other : one;
    }

    private static @Nullable Failure failure(long seed, Kind kind, Supplier<Mistake> mistake) {
        try {
            new PairLife(new World(new SplittableRandom(seed)), kind, mistake.get()).run(MISFORTUNES);
            return null;
        } catch (RuntimeException | AssertionError e) {
            return new Failure(seed, e);
        }
    }

    private static String story(long seed, Kind kind, Supplier<Mistake> mistake) {
        Deque<String> lines = new ArrayDeque<>();
        World world = new World(new SplittableRandom(seed), line -> {
            lines.add(line);
            if (lines.size() > LINES) {
                lines.remove();
            }
        });
        try {
            new PairLife(world, kind, mistake.get()).run(MISFORTUNES);
            lines.add("and this time nothing failed");
        } catch (RuntimeException | AssertionError e) {
            lines.add(String.valueOf(e));
        }
        return String.join("\n", lines);
    }
}
