package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static io.dhcpfailover.node.engine.ServerPair.addressOf;
import static io.dhcpfailover.node.engine.ServerPair.known;
import static io.dhcpfailover.node.failover.ServerState.NORMAL;
import static io.dhcpfailover.node.failover.ServerState.PARTNER_DOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Changes of a relationship and of its scopes while it is in service. */
class PairChangesTest {

    private static final String ALONE = ServerPair.SCOPE.replace("failoverRelationship: dhcp2-dhcp1", "server: dhcp1");
    private static final String OTHER = """
            subnet: 198.51.100.0/24
            ranges: [{start: 198.51.100.10, end: 198.51.100.29}]
            leaseDuration: 1h
            failoverRelationship: dhcp2-dhcp1
            """;
    private static final String OTHER_ALONE = OTHER.replace("failoverRelationship: dhcp2-dhcp1", "server: dhcp1");

    private static Relationship with(ServerRole self, Mode mode, int percent, long mclt) {
        return new Relationship(PairNode.NAME, self, PartnerKind.NATIVE, mode, percent, 5, mclt, 0, true, 3, 1000);
    }

    private static void change(ServerPair pair, PairNode node, Mode mode, int percent, long mclt) {
        node.relationship = with(node.role, mode, percent, mclt);
        node.configure();
        pair.run();
    }

    private static long leaseTime(@Nullable DhcpPacket packet) {
        Long seconds = Objects.requireNonNull(packet, "no answer").options().get(DhcpOption.LEASE_TIME);
        return seconds == null ? -1 : seconds;
    }

    private static void assertSound(ServerPair pair) {
        assertThat(pair.primary.state()).isEqualTo(NORMAL);
        assertThat(pair.secondary.state()).isEqualTo(NORMAL);
        assertThat(known(pair.primary, 0)).isEqualTo(known(pair.secondary, 0));
    }

    @Test
    void thePercentageMovesClientsAndFreeAddressesAlsoMinutesApart() {
        ServerPair pair = ServerPair.normal();
        change(pair, pair.primary, Mode.LoadBalance, 100, ServerPair.MCLT);
        pair.pass(60);
        change(pair, pair.secondary, Mode.LoadBalance, 100, ServerPair.MCLT);
        pair.pass(15);

        assertSound(pair);
        assertThat(pair.primary.statistics().freePrimary()).isEqualTo(20);
        for (int i = 0; i < 8; i++) {
            assertThat(pair.acquire(pair.primary, client(i))).isNotNull();
        }

        change(pair, pair.secondary, Mode.LoadBalance, 0, ServerPair.MCLT);
        change(pair, pair.primary, Mode.LoadBalance, 0, ServerPair.MCLT);
        pair.pass(15);
        assertSound(pair);
        assertThat(pair.secondary.statistics().freeSecondary()).isEqualTo(12);
        assertThat(pair.acquire(pair.primary, client(20))).isNull();
        assertThat(pair.acquire(pair.secondary, client(20))).isNotNull();
    }

    @Test
    void aStandbyHasItsReserveAndAnswersWhereTheActiveServerIsNotHeard() {
        ServerPair pair = ServerPair.normal();
        change(pair, pair.primary, Mode.HotStandby, 100, ServerPair.MCLT);
        change(pair, pair.secondary, Mode.HotStandby, 100, ServerPair.MCLT);
        pair.pass(15);

        assertThat(pair.secondary.statistics().freeSecondary()).isEqualTo(1);
        assertThat(pair.acquire(pair.secondary, client(1))).isNull();
        String address = addressOf(pair.acquire(pair.primary, client(1)));
        pair.run();
        pair.kill(pair.primary);
        assertThat(pair.acquire(pair.secondary, client(2))).isNotNull();
        assertThat(pair.secondary.ask(client(1).renew(address), pair.now)).isNotNull();
    }

    @Test
    void aLongerMcltHoldsForClientsOnceBothHaveItAndForThePartnerAtOnce() {
        ServerPair pair = ServerPair.normal();
        change(pair, pair.primary, Mode.LoadBalance, 50, 1200);
        assertThat(leaseTime(pair.acquire(pair.primary, ServerPair.clientOf(ServerRole.Primary, 1))))
                .isEqualTo(ServerPair.MCLT);
        change(pair, pair.secondary, Mode.LoadBalance, 50, 1200);
        assertThat(leaseTime(pair.acquire(pair.primary, ServerPair.clientOf(ServerRole.Primary, 2))))
                .isEqualTo(1200);

        change(pair, pair.primary, Mode.LoadBalance, 50, 300);
        assertThat(leaseTime(pair.acquire(pair.secondary, ServerPair.clientOf(ServerRole.Secondary, 3))))
                .isEqualTo(300);
        pair.kill(pair.secondary);
        pair.primary
                .engine()
                .happened(PairNode.NAME, new FailoverEvent.DeclaredDown(pair.now), pair.now, pair.primary.waiting::add);
        pair.pass(400);
        for (int i = 0; i < 8; i++) {
            pair.acquire(pair.primary, client(30 + i));
        }
        assertThat(pair.acquire(pair.primary, client(50)))
                .as("the partner may have given its addresses for 1200 s")
                .isNull();
    }

    @Test
    void aServerThatServedAloneGetsAPartnerWithoutAnInterruption() {
        ServerPair pair = new ServerPair(relationship -> relationship, ALONE);
        pair.primary.related = false;
        pair.primary.start(pair.now);
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            addresses.add(addressOf(pair.acquire(pair.primary, client(i))));
        }
        pair.primary.related = true;
        pair.primary.scopes = List.of(ServerPair.SCOPE);
        pair.primary.configure();
        pair.secondary.scopes = List.of(ServerPair.SCOPE);
        pair.pass(6);
        assertThat(pair.primary.state()).isEqualTo(PARTNER_DOWN);
        assertThat(leaseTime(pair.primary.ask(client(1).renew(addresses.get(1)), pair.now)))
                .isPositive();

        pair.secondary.start(pair.now);
        pair.pass(3);

        assertSound(pair);
        assertThat(pair.secondary.statistics().active()).isEqualTo(12);
    }

    @Test
    void anEmptyRelationshipGetsAScopeThatOneOfTheTwoServes() {
        ServerPair pair = new ServerPair(relationship -> relationship, ALONE);
        pair.secondary.scopes = List.of();
        pair.start();
        assertThat(pair.primary.state()).isEqualTo(NORMAL);
        String address = addressOf(pair.acquire(pair.primary, client(1)));

        pair.primary.scopes = List.of(ServerPair.SCOPE);
        pair.primary.configure();
        pair.pass(30);
        assertThat(pair.primary.ask(client(1).renew(address), pair.now)).isNotNull();
        assertThat(pair.acquire(pair.primary, client(2))).isNotNull();
        assertThat(pair.acquire(pair.primary, client(3))).isNotNull();
        pair.secondary.scopes = List.of(ServerPair.SCOPE);
        pair.secondary.configure();
        pair.pass(12);

        assertSound(pair);
        assertThat(pair.secondary.statistics().active()).isEqualTo(3);
        assertThat(pair.secondary.statistics().freeSecondary()).isGreaterThan(5);
    }

    @Test
    void aScopeThatJoinsIsServedByTheNewServerOnceThatKnowsItsLeases() {
        ServerPair pair = new ServerPair(relationship -> relationship, ServerPair.SCOPE);
        pair.secondary.scopes = List.of(ServerPair.SCOPE, OTHER_ALONE);
        pair.start();
        ClientPacket far = client(1).relayedBy("198.51.100.1");
        String address = addressOf(pair.acquire(pair.secondary, far));

        pair.primary.scopes = List.of(ServerPair.SCOPE, OTHER);
        pair.primary.configure();
        pair.pass(20);
        assertThat(pair.acquire(pair.primary, client(2).relayedBy("198.51.100.1")))
                .isNull();
        assertThat(pair.acquire(pair.secondary, client(3).relayedBy("198.51.100.1")))
                .isNotNull();

        pair.secondary.scopes = List.of(ServerPair.SCOPE, OTHER);
        pair.secondary.configure();
        pair.pass(12);

        assertSound(pair);
        assertThat(pair.primary.binding(address)).hasToString(address + " ACTIVE");
        assertThat(pair.acquire(
                        pair.primary, ServerPair.clientOf(ServerRole.Primary, 5).relayedBy("198.51.100.1")))
                .isNotNull();
        assertThat(pair.secondary.statistics().freeSecondary()).isGreaterThan(15);
    }

    @Test
    void aScopeThatLeavesIsServedAloneWithAllItsAddresses() {
        ServerPair pair = ServerPair.normal();
        String address = addressOf(pair.acquire(client(1)));
        pair.run();
        pair.secondary.scopes = List.of();
        pair.secondary.configure();
        pair.primary.scopes = List.of(ALONE);
        pair.primary.configure();
        pair.pass(1);

        assertThat(pair.primary.ask(client(1).renew(address), pair.now)).isNotNull();
        for (int i = 2; i < 21; i++) {
            assertThat(pair.acquire(pair.primary, client(i))).as("client %d", i).isNotNull();
        }
    }
}
