package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.simulation.ClusterLife.Omission;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An operator that declares a server down only where its end is proved, as docs/witness.md says, never breaks I1; and one
 * that leaves out any part of that does.
 */
class ProvedDownTest {

    private static final int SEEDS = Integer.getInteger("seeds", 800) / 8;
    private static final int MISFORTUNES = 16;

    /** So many lives are enough to meet each omission. */
    private static final int OMITTED_SEEDS = 400;

    @Test
    @Timeout(600)
    void whatIsProvedIsTrueAndStaysTrue() {
        int proofs = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            ClusterLife life = new ClusterLife(new World(new SplittableRandom(seed)), Omission.NONE);
            try {
                life.run(MISFORTUNES);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            proofs += life.proofs();
        }

        assertThat(proofs).as("proofs in all lives").isGreaterThan(SEEDS / 10);
    }

    @ParameterizedTest
    @EnumSource(names = {"FENCE", "TELLING"})
    @Timeout(600)
    void anOperatorThatLeavesAnythingOutIsFound(Omission omission) {
        assertThat(firstFailure(omission)).isNotNull().hasMessageContaining("I1");
    }

    private static @Nullable Throwable firstFailure(Omission omission) {
        for (long seed = 0; seed < OMITTED_SEEDS; seed++) {
            try {
                new ClusterLife(new World(new SplittableRandom(seed)), omission).run(MISFORTUNES);
            } catch (RuntimeException | AssertionError e) {
                return e;
            }
        }
        return null;
    }
}
