package io.dhcpfailover.node.failover;

import static io.dhcpfailover.node.lease.Binding.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dhcpfailover.api.testing.Seeds;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** How long a client may have an address. */
class LeaseTimesTest {

    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;
    private static final long NOW = 1_795_235_731;

    @Test
    void theFirstLeaseIsAsLongAsMcltAndTheNextOneAsLongAsDesired() {
        // Measured with ISC dhcpd 4.4.3: MCLT 60, 300 desired.
        long end = LeaseTimes.NONE.end(300, 60, NOW);
        assertThat(end).isEqualTo(NOW + 60);
        long potential = LeaseTimes.potential(300, end, NOW);
        assertThat(potential).isEqualTo(1_795_236_061);

        long rebind = NOW + 16;
        LeaseTimes acked = LeaseTimes.NONE.given(end, potential).acked(potential);
        assertThat(acked.ackedPotential() - rebind).isEqualTo(314);
        long next = acked.end(300, 60, rebind);
        assertThat(next).isEqualTo(rebind + 300);
        assertThat(LeaseTimes.potential(300, next, rebind)).isEqualTo(rebind + 450);
    }

    @Test
    void threeDaysWithAnHourOfMcltAreTheDraftsExample() {
        long end = LeaseTimes.NONE.end(3 * DAY, HOUR, NOW);
        assertThat(end).isEqualTo(NOW + HOUR);
        long potential = LeaseTimes.potential(3 * DAY, end, NOW);
        assertThat(potential).isEqualTo(NOW + 3 * DAY + HOUR / 2);

        long renewal = NOW + HOUR / 2;
        LeaseTimes acked = LeaseTimes.NONE.given(end, potential).acked(potential);
        long next = acked.end(3 * DAY, HOUR, renewal);
        assertThat(next).isEqualTo(renewal + 3 * DAY);
        assertThat(LeaseTimes.potential(3 * DAY, next, renewal)).isEqualTo(renewal + 4 * DAY + DAY / 2);
    }

    @Test
    void withoutItsPartnerAServersLeasesDecayToMclt() {
        LeaseTimes received = LeaseTimes.NONE.received(NOW + HOUR, NOW + 3 * DAY);

        assertThat(received.end(3 * DAY, HOUR, NOW + HOUR)).isEqualTo(NOW + 3 * DAY + HOUR);
        assertThat(received.end(3 * DAY, HOUR, NOW + 3 * DAY)).isEqualTo(NOW + 3 * DAY + HOUR);
        assertThat(received.end(3 * DAY, HOUR, NOW + 4 * DAY)).isEqualTo(NOW + 4 * DAY + HOUR);
    }

    @Test
    void aLeaseWithoutEndIsOneOnlyOnceThePartnerKnows() {
        long end = LeaseTimes.NONE.end(UNLIMITED, HOUR, NOW);
        assertThat(end).isEqualTo(NOW + HOUR);
        assertThat(LeaseTimes.potential(UNLIMITED, end, NOW)).isEqualTo(UNLIMITED);

        LeaseTimes acked = LeaseTimes.NONE.given(end, UNLIMITED).acked(UNLIMITED);
        assertThat(acked.end(UNLIMITED, HOUR, NOW)).isEqualTo(UNLIMITED);
        assertThat(acked.end(DAY, HOUR, NOW)).isEqualTo(NOW + DAY);
        assertThat(acked.reusableInPartnerDown(NOW, HOUR)).isEqualTo(LeaseTimes.NEVER);
        assertThat(acked.given(UNLIMITED, UNLIMITED).expires(true)).isEqualTo(LeaseTimes.NEVER);
    }

    @Test
    void inPartnerDownAnAddressIsUsedAgainOnlyWhenNeitherServerCanHaveGivenItForLonger() {
        assertThat(LeaseTimes.NONE.reusableInPartnerDown(NOW, HOUR)).isEqualTo(NOW + HOUR);
        assertThat(new LeaseTimes(NOW + 1, NOW + 2, NOW + 3, NOW + DAY).reusableInPartnerDown(NOW, HOUR))
                .isEqualTo(NOW + DAY + HOUR);
        assertThat(new LeaseTimes(NOW + DAY, 0, 0, 0).reusableInPartnerDown(NOW, HOUR))
                .isEqualTo(NOW + DAY + HOUR);
        assertThat(new LeaseTimes(NOW - 9, NOW - DAY, 0, 0).reusableInPartnerDown(NOW, HOUR))
                .isEqualTo(NOW + HOUR);
    }

    @Test
    void aLeaseOfThePartnerExpiresWhenItHasByAnyClock() {
        LeaseTimes times = LeaseTimes.NONE.given(NOW, NOW);

        assertThat(times.expires(false)).isEqualTo(NOW);
        assertThat(times.expires(true)).isEqualTo(NOW + 60);
    }

    @Test
    void timesBeyond2106AreRefused() {
        assertThatThrownBy(() -> new LeaseTimes(UNLIMITED + 1, 0, 0, 0)).hasMessageContaining("4294967296");
        assertThatThrownBy(() -> new LeaseTimes(0, -1, 0, 0)).hasMessageContaining("-1");
        assertThat(LeaseTimes.NONE.end(DAY, HOUR, UNLIMITED - 5)).isEqualTo(UNLIMITED - 1);
    }

    /** One server gives leases to a client; updates and acknowledgements are delayed and lost. */
    @Test
    void aClientIsNeverToldOfMoreThanMcltBeyondWhatThePartnerKnows() {
        Seeds.forEach(2_000, random -> {
            long mclt = 10 + random.nextLong(5_000);
            long now = NOW;
            LeaseTimes times = LeaseTimes.NONE;
            long partnerKnows = 0;
            Deque<Long> acks = new ArrayDeque<>();
            for (int step = 0; step < 50; step++) {
                now += random.nextLong(2_000);
                long desired = random.nextInt(20) == 0 ? UNLIMITED : 60 + random.nextLong(20_000);
                long end = times.end(desired, mclt, now);
                long potential = LeaseTimes.potential(desired, end, now);

                assertThat(end).isLessThanOrEqualTo(Math.max(now, partnerKnows) + mclt);
                assertThat(end).isGreaterThan(now);
                assertThat(potential).isGreaterThanOrEqualTo(end);

                times = times.given(end, potential);
                if (random.nextInt(3) > 0) {
                    partnerKnows = Math.max(partnerKnows, potential);
                    acks.add(potential);
                }
                while (!acks.isEmpty() && random.nextBoolean()) {
                    times = times.acked(acks.remove());
                }
                assertThat(times.lastPossibleEnd(mclt)).isGreaterThanOrEqualTo(end);
            }
        });
    }
}
