package io.dhcpfailover.node.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.failover.ConflictRules.Verdict;
import io.dhcpfailover.node.failover.ConflictRules.View;
import io.dhcpfailover.node.failover.IscConflicts.Mine;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Updates of ISC dhcpd, which carry no version. */
class IscConflictsTest {

    private static final long NOW = 1000;

    @ParameterizedTest(name = "{0}: {1} of {2} until {3}, known to ISC dhcpd; it says {4} of {5}: {6}")
    @CsvSource({
        // It knew of the lease, so what it says comes after it.
        "Primary,   ACTIVE,    A, 1300, RELEASED,  A, ACCEPT",
        "Secondary, ACTIVE,    A, 1300, RELEASED,  A, ACCEPT",
        "Secondary, ACTIVE,    A, 1300, RELEASED,  B, OUTDATED",
        "Secondary, ACTIVE,    A, 1300, ACTIVE,    A, ACCEPT",
        "Secondary, ACTIVE,    A, 1300, FREE,      A, ACCEPT",
        // A server that lost its leases calls all of its addresses free.
        "Secondary, ACTIVE,    A, 1300, FREE,      -, OUTDATED",
        "Secondary, ACTIVE,    A, 1000, FREE,      -, ACCEPT",
        // The clock of who gave the lease ends it.
        "Secondary, ACTIVE,    A, 1001, EXPIRED,   A, OUTDATED",
        "Secondary, ACTIVE,    A, 1000, EXPIRED,   A, ACCEPT",
        "Primary,   ACTIVE,    A, 1300, ACTIVE,    B, FATAL_CONFLICT",
        "Secondary, ACTIVE,    A, 1300, ACTIVE,    B, ACCEPT",
        "Primary,   ACTIVE,    A, 1000, ACTIVE,    B, ACCEPT",
        "Primary,   ACTIVE,    A, 1300, ABANDONED, -, ACCEPT",
        // As a last resort, ISC dhcpd gives what was abandoned.
        "Primary,   ABANDONED, -, 1300, ACTIVE,    B, ACCEPT",
        "Primary,   FREE,      -,    0, BACKUP,    -, ACCEPT",
    })
    void whatFollowsFromWhatItKnewIsTaken(
            ServerRole role,
            BindingState mine,
            String client,
            long end,
            BindingState received,
            String receivedClient,
            Verdict verdict) {
        Mine known = new Mine(new View(mine, client(client), 700, 700, end), false, false, null);

        assertThat(IscConflicts.judge(role, known, new View(received, client(receivedClient), 0, 0, 0), NOW))
                .isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0}: {1} since {2}, which ISC dhcpd does not know; it says {3}, heard {4}: {5}")
    @CsvSource({
        "Primary,   ACTIVE,   700, RELEASED, 699, OUTDATED",
        "Primary,   ACTIVE,   700, RELEASED, 701, ACCEPT",
        "Primary,   ACTIVE,   700, ACTIVE,   699, ACCEPT",
        "Secondary, RELEASED, 700, ACTIVE,   699, OUTDATED",
        "Secondary, RELEASED, 700, ACTIVE,   701, ACCEPT",
        "Secondary, EXPIRED,  700, ACTIVE,   700, OUTDATED",
    })
    void whatItSaidWithoutKnowingIsTakenWhereItIsLater(
            ServerRole role,
            BindingState mine,
            long heard,
            BindingState received,
            long receivedHeard,
            Verdict verdict) {
        Mine unknown = new Mine(new View(mine, client("A"), heard, heard, 1300), false, true, null);

        assertThat(IscConflicts.judge(role, unknown, new View(received, client("A"), receivedHeard, 0, 0), NOW))
                .isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0}: {1} heard {2} is under way; ISC dhcpd says {3} heard {4}: {5}, said again: {6}")
    @CsvSource({
        "Primary,   ACTIVE,   700, ACTIVE,   700, LESS_CRITICAL, false",
        "Secondary, ACTIVE,   700, ACTIVE,   700, ACCEPT,        false",
        "Secondary, ACTIVE,   701, ACTIVE,   700, LESS_CRITICAL, false",
        "Primary,   BACKUP,     0, FREE,       0, LESS_CRITICAL, false",
        "Secondary, FREE,       0, BACKUP,     0, ACCEPT,        false",
        "Primary,   BACKUP,     0, ACTIVE,   700, ACCEPT,        true",
        "Secondary, FREE,       0, ACTIVE,   700, ACCEPT,        false",
        "Secondary, EXPIRED,  600, ACTIVE,   700, ACCEPT,        true",
        "Secondary, ACTIVE,   700, RELEASED, 600, LESS_CRITICAL, false",
    })
    void updatesThatCrossEndAlikeOnBoth(
            ServerRole role,
            BindingState mine,
            long heard,
            BindingState received,
            long receivedHeard,
            Verdict verdict,
            boolean again) {
        View sent = new View(mine, client("A"), heard, heard, 1300);
        View theirs = new View(received, client("A"), receivedHeard, 0, 1300);

        assertThat(IscConflicts.judge(role, new Mine(sent, false, true, sent), theirs, NOW))
                .isEqualTo(verdict);
        if (verdict == Verdict.ACCEPT) {
            assertThat(IscConflicts.tookEachOthers(role, sent, theirs)).isEqualTo(again);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, ACCEPT", "false, OUTDATED"})
    void aLeaseThatItGaveEndsByItsClock(boolean byPartner, Verdict verdict) {
        Mine lease = new Mine(new View(BindingState.ACTIVE, client("A"), 700, 700, 1050), byPartner, false, null);

        assertThat(IscConflicts.judge(
                        ServerRole.Secondary, lease, new View(BindingState.EXPIRED, client("A"), 0, 0, 0), NOW))
                .isEqualTo(verdict);
    }

    private static @Nullable ClientIdentity client(String name) {
        return name.equals("-")
                ? null
                : ClientIdentity.of(
                        HardwareAddress.of(MacAddress.parse("02:00:5e:00:53:0" + name.toLowerCase(Locale.ROOT))));
    }
}
