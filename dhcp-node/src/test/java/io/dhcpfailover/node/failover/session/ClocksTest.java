package io.dhcpfailover.node.failover.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two clocks, as messages tell them apart. */
class ClocksTest {

    private static final long TIME = 1_795_235_665L;

    private final Clocks clocks = new Clocks(10, moment(0));

    private static Moment moment(long seconds) {
        return new Moment(seconds * 1000, TIME + seconds);
    }

    private boolean goesOn(long seconds, long skew) {
        return clocks.heard(TIME + seconds + skew, moment(seconds)) == null;
    }

    @Test
    void fiveSecondsOfChangeAreBorne() {
        for (long seconds = 1; seconds < 60; seconds++) {
            assertThat(goesOn(seconds, seconds % 2 == 0 ? 15 : 5)).isTrue();
        }
    }

    @Test
    void oneThatWentForwardIsSeenAtOnce() {
        assertThat(goesOn(1, 16)).isFalse();
    }

    @Test
    void oneThatWentBackIsSeenOnceNothingElseIsHeardForFiveSeconds() {
        long seconds = 1;
        while (goesOn(seconds, 4)) {
            seconds++;
        }
        assertThat(seconds).isBetween(5L, 15L);
    }

    @Test
    void whatCameLateIsNoChange() {
        for (long seconds = 1; seconds < 60; seconds++) {
            assertThat(goesOn(seconds, seconds % 3 == 0 ? 10 : -20)).isTrue();
        }
    }

    @Test
    void aSilenceIsNoChangeEither() {
        assertThat(goesOn(1, 10)).isTrue();
        assertThat(goesOn(100, 10)).isTrue();
    }
}
