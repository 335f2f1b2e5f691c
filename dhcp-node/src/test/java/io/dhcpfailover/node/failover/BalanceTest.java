package io.dhcpfailover.node.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How free addresses are shared. */
class BalanceTest {

    @ParameterizedTest(
            name = "{0} at {1} percent, {2} reserve, of {3} and {4}: the primary has {5}, gives {6}, gets {7}")
    @CsvSource({
        "LoadBalance, 50, 0, 20, 0, 10, 10, 0",
        "LoadBalance, 50, 0, 10, 10, 10, 0, 0",
        "LoadBalance, 70, 0, 0, 10, 7, 0, 7",
        "LoadBalance, 100, 0, 4, 6, 10, 0, 6",
        "LoadBalance, 0, 0, 4, 6, 0, 4, 0",
        "LoadBalance, 50, 0, 1, 0, 1, 0, 0",
        "HotStandby, 100, 5, 100, 0, 95, 5, 0",
        "HotStandby, 0, 5, 100, 0, 5, 95, 0",
        "HotStandby, 100, 5, 4, 0, 3, 1, 0",
        "HotStandby, 100, 5, 1, 0, 1, 0, 0",
        "HotStandby, 100, 0, 9, 1, 10, 0, 1",
        "HotStandby, 100, 100, 9, 1, 0, 9, 0",
    })
    void eachServerHasItsShareAndGivesAwayTheRest(
            Mode mode, int percent, int reserve, int free, int backup, int primarys, int given, int got) {
        Balance balance = new Balance(free, backup);
        Relationship primary = relationship(mode, percent, reserve, ServerRole.Primary);
        Relationship secondary = relationship(mode, percent, reserve, ServerRole.Secondary);

        assertThat(balance.target(primary, ServerRole.Primary)).isEqualTo(primarys);
        assertThat(balance.target(primary, ServerRole.Secondary)).isEqualTo(free + backup - primarys);
        assertThat(balance.toGive(primary, true)).isEqualTo(given);
        assertThat(balance.toGive(secondary, true)).isEqualTo(got);
    }

    @Test
    void smallDifferencesAreLeftAlone() {
        Relationship primary = relationship(Mode.LoadBalance, 50, 0, ServerRole.Primary);

        assertThat(new Balance(57, 43).toGive(primary, false)).isZero();
        assertThat(new Balance(57, 43).toGive(primary, true)).isEqualTo(7);
        assertThat(new Balance(66, 34).toGive(primary, false)).isEqualTo(16);
    }

    @Test
    void whoIsShortAsks() {
        Relationship secondary = relationship(Mode.LoadBalance, 50, 0, ServerRole.Secondary);

        assertThat(new Balance(10, 10).asks(secondary)).isFalse();
        assertThat(new Balance(66, 34).asks(secondary)).isTrue();
        assertThat(new Balance(2, 0).asks(secondary)).isTrue();
        assertThat(new Balance(0, 0).asks(secondary)).isFalse();
    }

    @Test
    void givingLeavesBothWithWhatTheyShouldHave() {
        Seeds.forEach(2_000, random -> {
            Mode mode = random.nextBoolean() ? Mode.LoadBalance : Mode.HotStandby;
            int percent = mode == Mode.LoadBalance ? random.nextInt(101) : 100 * random.nextInt(2);
            Balance before = new Balance(random.nextInt(3_000), random.nextInt(3_000));
            Relationship primary = relationship(mode, percent, random.nextInt(101), ServerRole.Primary);
            Relationship secondary = relationship(mode, percent, primary.reservePercent(), ServerRole.Secondary);

            int toSecondary = before.toGive(primary, true);
            int toPrimary = before.toGive(secondary, true);
            Balance after =
                    new Balance(before.free() - toSecondary + toPrimary, before.backup() + toSecondary - toPrimary);

            assertThat(Math.min(toSecondary, toPrimary)).isZero();
            assertThat(after.free()).isEqualTo(after.target(primary, ServerRole.Primary));
            assertThat(after.asks(secondary)).isFalse();
        });
    }

    @Test
    void addressesOfTheReceiversClientsGoFirstAndThenThoseThatNobodyUsed() {
        HashBuckets buckets = HashBuckets.ofPercent(50);
        List<Integer> own = List.of(10, 200, Balance.NEVER_USED, 20, 250);

        assertThat(Balance.choose(own, bucket -> bucket, 4, buckets, ServerRole.Secondary))
                .containsExactly(200, 250, Balance.NEVER_USED, 10);
        assertThat(Balance.choose(own, bucket -> bucket, 9, buckets, ServerRole.Primary))
                .containsExactly(10, 20, Balance.NEVER_USED, 200, 250);
    }

    @Test
    void iscDhcpdSharesInHalvesByItsThresholds() {
        // Measured: 20 addresses, the secondary leases its 10, asks, and gets 5.
        Balance balance = new Balance(10, 0);
        Relationship secondary = new Relationship(
                "r", ServerRole.Secondary, PartnerKind.ISC, Mode.LoadBalance, 50, 5, 60, 0, true, 3, 1000);

        assertThat(balance.iscSurplus(ServerRole.Secondary)).isEqualTo(-5);
        assertThat(balance.asks(secondary)).isTrue();
        assertThat(balance.iscGives(ServerRole.Primary, 0, 10)).isEqualTo(5);
        assertThat(new Balance(7, 3).asks(secondary)).isFalse();
        assertThat(new Balance(10, 0).iscGives(ServerRole.Primary, 10, 0)).isEqualTo(6);
        assertThat(new Balance(10, 0).iscGives(ServerRole.Primary, 0, 0)).isEqualTo(4);
    }

    private static Relationship relationship(Mode mode, int percent, int reserve, ServerRole self) {
        return new Relationship("r", self, PartnerKind.NATIVE, mode, percent, reserve, 3600, 0, true, 3, 1000);
    }
}
