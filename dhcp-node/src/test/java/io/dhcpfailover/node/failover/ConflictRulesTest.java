package io.dhcpfailover.node.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.failover.BindingVersion.Order;
import io.dhcpfailover.node.failover.ConflictRules.Verdict;
import io.dhcpfailover.node.failover.ConflictRules.View;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of two servers is right about an address. */
class ConflictRulesTest {

    private static final long NOW = 10_000;
    private static final ClientIdentity X = client("00:00:5e:00:53:01");
    private static final ClientIdentity Y = client("00:00:5e:00:53:02");

    /** The rows of the draft's table: A accepted; 1 by a later transaction, 2 after the end, 3 by one after since. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ACTIVE, A, 2, 1, 2, 2, A, A",
        "EXPIRED, 1, A, A, A, A, A, A",
        "RELEASED, 1, 1, A, A, A, A, A",
        "FREE, A, A, A, A, A, A, A",
        "BACKUP, A, A, A, A, A, A, A",
        "RESET, 3, A, A, A, A, A, A",
        "ABANDONED, R, R, R, R, R, A, A",
    })
    void anUpdateIsTakenOrRefusedByTheDraftsTable(
            BindingState mine,
            String active,
            String expired,
            String released,
            String free,
            String backup,
            String reset,
            String abandoned) {
        check(mine, BindingState.ACTIVE, active);
        check(mine, BindingState.EXPIRED, expired);
        check(mine, BindingState.RELEASED, released);
        check(mine, BindingState.FREE, free);
        check(mine, BindingState.BACKUP, backup);
        check(mine, BindingState.RESET, reset);
        check(mine, BindingState.ABANDONED, abandoned);
    }

    private static void check(BindingState mine, BindingState received, String rule) {
        View running = new View(mine, X, 500, 500, NOW + 10);
        View ended = new View(mine, X, 500, 500, NOW - 1);
        View later = new View(received, X, 501, 501, NOW);
        View same = new View(received, X, 500, 500, NOW);
        View unknown = new View(received, X, 0, 500, NOW);
        assertThat(judge(running, later))
                .isEqualTo(
                        rule.equals("2")
                                ? Verdict.OUTDATED
                                : rule.equals("R") ? Verdict.LESS_CRITICAL : Verdict.ACCEPT);
        boolean needsLater = rule.equals("1") || rule.equals("3");
        assertThat(judge(ended, same) == Verdict.OUTDATED).isEqualTo(needsLater);
        assertThat(judge(ended, unknown) == Verdict.OUTDATED).isEqualTo(needsLater);
    }

    private static Verdict judge(View mine, View received) {
        return ConflictRules.judge(ServerRole.Primary, mine, received, NOW);
    }

    @Test
    void ofTwoClientsThePrimarysHasTheAddress() {
        View mine = active(X, 500);
        View received = active(Y, 501);

        assertThat(ConflictRules.judge(ServerRole.Primary, mine, received, NOW)).isEqualTo(Verdict.FATAL_CONFLICT);
        assertThat(ConflictRules.judge(ServerRole.Secondary, mine, received, NOW))
                .isEqualTo(Verdict.ACCEPT);
        assertThat(Verdict.FATAL_CONFLICT.reason()).isEqualTo(2);
    }

    @Test
    void versionsTellWhichServerKnowsOfWhat() {
        BindingVersion first = BindingVersion.NONE.changedBy(ServerRole.Primary);
        BindingVersion second = first.changedBy(ServerRole.Secondary);
        BindingVersion other = first.changedBy(ServerRole.Primary);

        assertThat(first.against(second)).isEqualTo(Order.OLDER);
        assertThat(second.against(first)).isEqualTo(Order.NEWER);
        assertThat(second.against(other)).isEqualTo(Order.CONCURRENT);
        assertThat(second.with(other)).isEqualTo(new BindingVersion(2, 1));
        assertThat(first.against(first)).isEqualTo(Order.SAME);
        assertThat(first.isBehindItself(ServerRole.Primary, other)).isTrue();
        assertThat(first.isBehindItself(ServerRole.Secondary, other)).isFalse();
    }

    /** X releases, Y gets the address within the same second, and the update of X's last renewal arrives after. */
    @Test
    void aLeaseThatWasAcknowledgedAfterAReleaseInTheSameSecondIsNotLostToAnOldUpdate() {
        BindingVersion renewed = new BindingVersion(0, 3);
        BindingVersion released = renewed.changedBy(ServerRole.Primary);
        BindingVersion given = released.changedBy(ServerRole.Primary);
        View ofX = active(X, NOW);
        View ofY = active(Y, NOW);

        assertThat(ConflictRules.judge(ServerRole.Primary, ofY, given, ofX, renewed, NOW))
                .isEqualTo(Verdict.OUTDATED);
        assertThat(ConflictRules.judge(ServerRole.Secondary, ofX, renewed, ofY, given, NOW))
                .isEqualTo(Verdict.ACCEPT);
        View release = new View(BindingState.RELEASED, X, NOW, NOW, NOW);
        assertThat(ConflictRules.judge(ServerRole.Secondary, ofY, given, release, released, NOW))
                .isEqualTo(Verdict.OUTDATED);
    }

    @Test
    void aFastClockOfThePartnerEndsNoLease() {
        BindingVersion version = new BindingVersion(1, 0);
        View expired = new View(BindingState.EXPIRED, X, 500, NOW, NOW);
        View mine = new View(BindingState.ACTIVE, X, 500, 500, NOW + 1);

        assertThat(ConflictRules.judge(
                        ServerRole.Secondary, mine, version, expired, version.changedBy(ServerRole.Primary), NOW))
                .isEqualTo(Verdict.OUTDATED);
        assertThat(ConflictRules.judge(
                        ServerRole.Secondary, mine, version, expired, version.changedBy(ServerRole.Primary), NOW + 1))
                .isEqualTo(Verdict.ACCEPT);
    }

    @ParameterizedTest(name = "the primary''s {0} of {1} until {2}, the secondary''s {3} of {4}: {5}")
    @CsvSource({
        "ACTIVE, 500, 900, FREE, 999, Primary",
        "BACKUP, 500, 900, ACTIVE, 1, Secondary",
        "ACTIVE, 500, 900, EXPIRED, 500, Primary",
        "ACTIVE, 500, 700, EXPIRED, 500, Secondary",
        "ACTIVE, 501, 700, EXPIRED, 500, Primary",
        "ACTIVE, 500, 900, RELEASED, 500, Primary",
        "ACTIVE, 500, 900, RELEASED, 502, Primary",
        "ACTIVE, 500, 900, RELEASED, 503, Secondary",
        "ACTIVE, 500, 799, EXPIRED, 500, Primary",
        "ACTIVE, 500, 798, EXPIRED, 500, Secondary",
        "ACTIVE, 500, 900, ABANDONED, 1, Secondary",
        "ACTIVE, 500, 900, ACTIVE, 501, Secondary",
        "ACTIVE, 500, 900, ACTIVE, 500, Primary",
        "RELEASED, 500, 900, EXPIRED, 500, Primary",
        "FREE, 500, 900, BACKUP, 500, Primary",
    })
    void whereNeitherKnewOfTheOtherNoClientLosesItsAddressToNobody(
            BindingState primarys, long heard, long end, BindingState secondarys, long otherHeard, ServerRole winner) {
        assertThat(ConflictRules.winner(
                        new View(primarys, X, heard, 500, end), new View(secondarys, X, otherHeard, 800, 900)))
                .isEqualTo(winner);
    }

    @Test
    void bothServersComeToTheSameAnswer() {
        Seeds.forEach(20_000, random -> {
            View primarys = view(random);
            View secondarys = view(random);
            BindingVersion one = new BindingVersion(random.nextInt(3), random.nextInt(3));
            BindingVersion other = new BindingVersion(random.nextInt(3), random.nextInt(3));
            long now = NOW + 100;

            boolean atPrimary =
                    ConflictRules.judge(ServerRole.Primary, primarys, one, secondarys, other, now) == Verdict.ACCEPT;
            boolean atSecondary =
                    ConflictRules.judge(ServerRole.Secondary, secondarys, other, primarys, one, now) == Verdict.ACCEPT;

            assertThat(atPrimary && atSecondary).isEqualTo(one.equals(other));
            assertThat(atPrimary || atSecondary).isTrue();
            ServerRole kept = ConflictRules.collisionWinner(ServerRole.Primary, primarys, secondarys);
            assertThat(ConflictRules.collisionWinner(ServerRole.Secondary, secondarys, primarys))
                    .isEqualTo(kept);
        });
    }

    private static View view(RandomGenerator random) {
        BindingState[] states = BindingState.values();
        return new View(
                states[random.nextInt(states.length)],
                random.nextBoolean() ? X : Y,
                NOW - random.nextInt(3),
                NOW - random.nextInt(3),
                NOW + random.nextInt(3));
    }

    @ParameterizedTest(name = "as {0}, {1} at {2} sent and {3} at {4} received: {5}; ISC dhcpd: {6}")
    @CsvSource({
        "Primary, ACTIVE, 5, ACTIVE, 6, Secondary, Secondary",
        "Secondary, ACTIVE, 5, ACTIVE, 5, Primary, Primary",
        "Primary, ACTIVE, 5, EXPIRED, 0, Primary, Secondary",
        "Secondary, ACTIVE, 5, RELEASED, 9, Secondary, Primary",
        "Primary, ACTIVE, 5, RELEASED, 9, Primary, Primary",
        "Secondary, FREE, 0, ACTIVE, 5, Primary, Primary",
        "Secondary, ABANDONED, 0, ABANDONED, 0, Primary, Primary",
    })
    void updatesThatCross(
            ServerRole role,
            BindingState sent,
            long sentHeard,
            BindingState received,
            long receivedHeard,
            ServerRole winner,
            ServerRole iscsWinner) {
        View mine = new View(sent, X, sentHeard, 0, 0);
        View theirs = new View(received, X, receivedHeard, 0, 0);

        assertThat(ConflictRules.collisionWinner(role, mine, theirs)).isEqualTo(winner);
        assertThat(IscRules.collisionWinner(role, mine, theirs)).isEqualTo(iscsWinner);
    }

    @ParameterizedTest(name = "ISC dhcpd as {0}, in NORMAL {1}, with {2} until {3}, sent {4} until {5}: {6}")
    @CsvSource({
        "Primary, true, FREE, 0, EXPIRED, 0, true",
        "Primary, true, ACTIVE, 9999, ACTIVE, 0, true",
        "Primary, true, ACTIVE, 9999, EXPIRED, 0, false",
        "Primary, true, ACTIVE, 9999, RESET, 0, false",
        "Secondary, true, ACTIVE, 10065, EXPIRED, 0, true",
        "Secondary, true, ACTIVE, 10066, EXPIRED, 0, false",
        "Secondary, true, ACTIVE, 10066, FREE, 10000, true",
        "Secondary, true, ACTIVE, 10066, FREE, 10001, false",
        "Secondary, false, ACTIVE, 10066, FREE, 0, false",
        "Primary, false, ACTIVE, 10065, EXPIRED, 0, true",
        "Primary, true, EXPIRED, 0, BACKUP, 10001, false",
        "Primary, true, EXPIRED, 0, BACKUP, 10000, true",
    })
    void whatIscDhcpdAccepts(
            ServerRole role,
            boolean normal,
            BindingState state,
            long end,
            BindingState sent,
            long potential,
            boolean accepted) {
        assertThat(IscRules.accepts(new IscRules.Theirs(role, normal, state, end), sent, potential, NOW))
                .isEqualTo(accepted);
    }

    private static View active(ClientIdentity client, long heard) {
        return new View(BindingState.ACTIVE, client, heard, heard, NOW + 300);
    }

    private static ClientIdentity client(String mac) {
        return ClientIdentity.of(HardwareAddress.of(MacAddress.parse(mac)));
    }
}
