package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.engine.PoolStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolForecastsTest {

    private static final Instant BEGIN = Instant.parse("2026-01-31T08:00:00Z");

    private final PoolForecasts forecasts = new PoolForecasts();

    private void look(int minute, int total, int available) {
        Duration since = Duration.ofMinutes(minute);
        forecasts.look(
                List.of(new PoolStatistics(
                        new ObjectName("office"), "pair", total, available, 0, 0, total - available, 0, 0, available)),
                since.toNanos(),
                BEGIN.plus(since));
    }

    @Test
    void aScopeThatLosesTenAddressesAMinuteIsExhaustedWhenTheRestIsGone() {
        for (int minute = 0; minute <= 10; minute++) {
            look(minute, 1000, 300 - 10 * minute);
        }

        assertThat(forecasts.exhaustions()).containsEntry("office", BEGIN.plus(Duration.ofMinutes(30)));
    }

    @Test
    void aFewMinutesSayNothing() {
        for (int minute = 0; minute < 5; minute++) {
            look(minute, 1000, 300 - 10 * minute);
        }

        assertThat(forecasts.exhaustions()).isEmpty();
    }

    @Test
    void aScopeThatGetsBackAsMuchAsItGivesIsNeverExhausted() {
        for (int minute = 0; minute <= 30; minute++) {
            look(minute, 1000, 300 + minute % 2);
        }

        assertThat(forecasts.exhaustions()).isEmpty();
    }

    /** What it gave away as one of two says nothing of how long all of it lasts. */
    @Test
    void aSurvivorCountsFromWhenItGotThePartnersAddresses() {
        for (int minute = 0; minute <= 10; minute++) {
            look(minute, 1000, 300 - 10 * minute);
        }
        for (int minute = 11; minute <= 20; minute++) {
            look(minute, 1000, 600 - 20 * (minute - 11));
        }

        assertThat(forecasts.exhaustions()).containsEntry("office", BEGIN.plus(Duration.ofMinutes(41)));
    }

    @Test
    void aScopeThatIsExhaustedWasSoSinceItWasFirstSeen() {
        look(0, 1000, 0);
        look(1, 1000, 0);

        assertThat(forecasts.exhaustions()).containsEntry("office", BEGIN);
    }

    @Test
    void aScopeThatIsNoMoreIsForgotten() {
        look(0, 1000, 0);
        forecasts.look(List.of(), Duration.ofMinutes(1).toNanos(), BEGIN.plus(Duration.ofMinutes(1)));

        assertThat(forecasts.exhaustions()).isEmpty();
    }
}
