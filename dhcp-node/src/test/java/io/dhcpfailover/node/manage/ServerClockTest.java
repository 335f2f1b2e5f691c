package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerClockTest {

    private static final long START = 1_800_000_000_000L;

    private long wall = START;
    private long monotonic = Long.MAX_VALUE - 500_000_000L;
    private final ServerClock clock = new ServerClock(() -> Instant.ofEpochMilli(wall), () -> monotonic);

    private void passes(long millis) {
        wall += millis;
        monotonic += millis * 1_000_000;
    }

    @Test
    void goesAsTimeDoesThoughNanosecondsOverflow() {
        passes(10_500);

        assertThat(clock.millis()).isEqualTo(START + 10_500);
        assertThat(clock.seconds()).isEqualTo(START / 1000 + 10);
        assertThat(clock.step()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600_000, -3_600_000, 2000, -2000, 86_400_000_000L})
    void tellsOfAStepAndFollowsIt(long millis) {
        passes(5000);
        wall += millis;

        assertThat(clock.millis()).as("before it is told").isEqualTo(START + 5000);
        assertThat(clock.step()).isEqualTo(millis / 1000);
        assertThat(clock.millis()).isEqualTo(START + 5000 + millis);
        assertThat(clock.step()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1999, -1999, 300, -300, 1, -1})
    void followsASmallDifferenceSlowlyAndToTheEnd(long millis) {
        wall += millis;

        long before = clock.seconds();
        for (int second = 0; second < 2000; second++) {
            passes(1000);
            assertThat(clock.step()).isZero();
            assertThat(clock.seconds()).isBetween(before, before + 2);
            before = clock.seconds();
        }
        assertThat(clock.millis()).isEqualTo(wall);
    }

    @ParameterizedTest
    @ValueSource(longs = {2700, -2700})
    void aStepOfPartOfASecondIsFollowedInWholeSecondsFirst(long millis) {
        wall += millis;

        long step = clock.step();
        assertThat(step * 1000).isBetween(millis - 1000, millis);
        assertThat(clock.step()).isZero();
        assertThat(Math.abs(clock.millis() - wall)).isLessThan(1000);
    }

    @Test
    void neverGoesBackWhereTheClockIsNotSet() {
        long before = clock.millis();
        for (int i = 0; i < 10_000; i++) {
            // As a daemon does that slows a clock down by 500 ppm.
            monotonic += 1_000_000_000;
            wall += i % 2 == 0 ? 999 : 1000;
            assertThat(clock.step()).isZero();
            assertThat(clock.millis()).isGreaterThanOrEqualTo(before);
            before = clock.millis();
        }
        assertThat(Math.abs(clock.millis() - wall)).isLessThan(10);
    }
}
