package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static io.dhcpfailover.node.engine.ServerPair.addressOf;
import static io.dhcpfailover.node.engine.ServerPair.known;
import static io.dhcpfailover.node.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.dhcpfailover.node.failover.ServerState.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two servers in a relationship, seen from their clients and from each other. */
class PairTest {

    @Test
    void twoNewServersComeToNormalAndShareTheFreeAddresses() {
        ServerPair pair = ServerPair.normal();

        assertThat(pair.primary.state()).isEqualTo(NORMAL);
        assertThat(pair.secondary.state()).isEqualTo(NORMAL);
        for (PairNode node : pair.nodes()) {
            RelationshipStatistics statistics = node.statistics();
            assertThat(statistics.freePrimary()).isEqualTo(10);
            assertThat(statistics.freeSecondary()).isEqualTo(10);
            assertThat(statistics.pendingUpdates()).isZero();
            assertThat(statistics.unackedUpdates()).isZero();
        }
        assertThat(known(pair.primary, 0)).isEqualTo(known(pair.secondary, 0)).hasSize(10);
    }

    @Test
    void aNewClientGetsMcltAndTheWholeTimeWhenItRenews() {
        ServerPair pair = ServerPair.normal();

        DhcpPacket ack = pair.acquire(client(1));
        pair.run();
        DhcpPacket again = pair.primary.ask(client(1).renew(addressOf(ack)), pair.now + 100);
        DhcpPacket other = pair.secondary.ask(client(1).renew(addressOf(ack)), pair.now + 100);

        assertThat(leaseTime(ack)).isEqualTo(ServerPair.MCLT);
        assertThat(leaseTime(again)).isEqualTo(3600);
        assertThat(leaseTime(other)).isEqualTo(3600);
    }

    private static long leaseTime(@Nullable DhcpPacket packet) {
        Long seconds = Objects.requireNonNull(packet, "no answer").options().get(DhcpOption.LEASE_TIME);
        return seconds == null ? -1 : seconds;
    }

    @Test
    void whatOneKnowsTheOtherKnows() {
        ServerPair pair = ServerPair.normal();
        for (int i = 0; i < 12; i++) {
            assertThat(pair.acquire(client(i))).as("client %d", i).isNotNull();
            pair.run();
        }
        pair.pass(30);

        assertThat(known(pair.primary, 0)).isEqualTo(known(pair.secondary, 0)).hasSizeGreaterThan(11);
        assertThat(pair.primary.statistics().active()).isEqualTo(12);
        assertThat(pair.secondary.statistics().active()).isEqualTo(12);
    }

    @Test
    void whatHasEndedIsFreeOnBoth() {
        ServerPair pair = ServerPair.normal();
        String ended = addressOf(pair.acquire(client(1)));
        String released = addressOf(pair.acquire(client(2)));
        pair.run();
        PairNode of = pair.primary;
        of.ask(client(2).release(released).server(of.address.toString()), pair.now, pair.secondary);
        pair.run();
        pair.skip(3 * 3600);
        pair.pass(3);

        for (PairNode node : pair.nodes()) {
            assertThat(node.binding(ended)).hasToString(ended + " FREE");
            assertThat(node.binding(released)).hasToString(released + " FREE");
        }
        assertThat(known(pair.primary, 0)).isEqualTo(known(pair.secondary, 0));
    }

    @Test
    void withoutTheLinkEachAnswersEverybodyAndNoAddressGoesToTwo() {
        ServerPair pair = ServerPair.normal();
        pair.part();

        assertThat(pair.primary.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
        assertThat(pair.secondary.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            DhcpPacket ack = pair.acquire(i % 2 == 0 ? pair.primary : pair.secondary, client(i));
            assertThat(ack).isNotNull();
            assertThat(given.add(addressOf(ack))).isTrue();
        }
        assertThat(pair.acquire(client(21))).isNull();

        pair.join();
        pair.pass(2);
        assertThat(pair.primary.state()).isEqualTo(NORMAL);
        assertThat(known(pair.primary, 0)).isEqualTo(known(pair.secondary, 0)).hasSize(20);
    }
}
