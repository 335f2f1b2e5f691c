package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static io.dhcpfailover.node.engine.ServerPair.addressOf;
import static io.dhcpfailover.node.engine.ServerPair.known;
import static io.dhcpfailover.node.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.dhcpfailover.node.failover.ServerState.NORMAL;
import static io.dhcpfailover.node.failover.ServerState.PARTNER_DOWN;
import static io.dhcpfailover.node.failover.ServerState.RECOVER;
import static io.dhcpfailover.node.failover.ServerState.RECOVER_WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.lease.Agreement;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two servers when something goes wrong: the hard cases, each from the clients' side and from both stores. */
class PairTroubleTest {

    private static void assertSound(ServerPair pair) {
        assertThat(pair.primary.state()).isEqualTo(NORMAL);
        assertThat(pair.secondary.state()).isEqualTo(NORMAL);
        assertThat(known(pair.primary, 0)).isEqualTo(known(pair.secondary, 0));
        assertNobodyPromisesMoreThanThePartnerExpects(pair.primary, pair.secondary);
        assertNobodyPromisesMoreThanThePartnerExpects(pair.secondary, pair.primary);
    }

    private static void assertNobodyPromisesMoreThanThePartnerExpects(PairNode node, PairNode partner) {
        for (int place = 0; place < node.engine().table().size(); place++) {
            Binding binding = node.engine().table().at(place);
            Agreement own = binding.agreement();
            Binding other = partner.binding(binding.address().toString());
            Agreement partners = other == null ? null : other.agreement();
            if (own != null && partners != null && binding.state() == BindingState.ACTIVE) {
                long expected = Math.max(
                        partners.sentPotential(), Math.max(partners.ackedPotential(), partners.receivedPotential()));
                assertThat(Math.max(own.ackedPotential(), own.receivedPotential()))
                        .as("%s at the %s", binding, node.role)
                        .isLessThanOrEqualTo(expected);
            }
        }
    }

    private static void release(ServerPair pair, PairNode node, ClientPacket client, String address) {
        node.ask(
                client.type(MessageType.RELEASE).server(node.address.toString()).at(address),
                pair.now,
                pair.session ? pair.other(node) : null);
    }

    /** ISC dhcpd loses the second lease here: the update of the first one is later to arrive. */
    @Test
    void aReleaseAndANewLeaseWithinASecondWhileUpdatesAreUnderWay() {
        ServerPair pair = ServerPair.normal();
        pair.part();
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            addresses.add(addressOf(pair.acquire(pair.primary, client(i))));
        }
        pair.join();
        pair.pass(1);
        pair.part();
        // The secondary still thinks that it is the first client's, and prolongs nothing.
        String address = addresses.get(3);
        pair.primary.ask(client(3).renew(address), pair.now);
        release(pair, pair.primary, client(3), address);
        DhcpPacket other = pair.acquire(pair.primary, client(3));
        assertThat(addressOf(other)).isEqualTo(address);
        pair.join();
        pair.pass(2);

        assertSound(pair);
        assertThat(pair.secondary.binding(address)).hasToString(address + " ACTIVE");
    }

    @Test
    void whatIsGivenBackHereAndProlongedThereIsExpectedHereForAsLong() {
        ServerPair pair = ServerPair.normal();
        String address = addressOf(pair.acquire(pair.primary, client(1)));
        pair.run();
        pair.part();
        pair.pass(10);
        release(pair, pair.secondary, client(1), address);
        pair.primary.ask(client(1).renew(address), pair.now);
        pair.join();
        pair.pass(2);

        assertThat(pair.secondary.binding(address)).hasToString(address + " ACTIVE");
        assertSound(pair);
    }

    @Test
    void anAddressThatWasReleasedGoesToAnotherOnlyOnceThePartnerKnows() {
        ServerPair pair = new ServerPair(relationship -> relationship, """
                        subnet: 192.0.2.0/24
                        ranges: [{start: 192.0.2.10, end: 192.0.2.11}]
                        leaseDuration: 1h
                        failoverRelationship: dhcp2-dhcp1
                        """);
        pair.start();
        String first = addressOf(pair.acquire(pair.primary, client(1)));
        pair.run();
        pair.part();
        release(pair, pair.primary, client(1), first);

        assertThat(pair.acquire(pair.primary, client(2))).isNull();

        pair.join();
        pair.pass(1);
        assertThat(pair.primary.binding(first)).hasToString(first + " FREE");
        assertThat(pair.secondary.binding(first)).hasToString(first + " FREE");
        assertThat(pair.acquire(pair.primary, ServerPair.clientOf(ServerRole.Primary, 7)))
                .isNotNull();
    }

    @Test
    void aFrozenServerThatWakesFindsWhatItsPartnerDidMeanwhile() {
        ServerPair pair = ServerPair.normal();
        for (int i = 0; i < 10; i++) {
            pair.acquire(client(i));
            pair.run();
        }
        // Frozen: it hears nothing and notices nothing, and its partner gives up the session.
        Engine frozen = pair.secondary.engine();
        pair.secondary.engine = null;
        pair.part();
        pair.pass(10);
        assertThat(pair.primary.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
        DhcpPacket during = pair.acquire(pair.primary, client(50));
        pair.pass(10);
        pair.secondary.engine = frozen;

        // Before it notices, it answers as if nothing had been.
        DhcpPacket own = pair.acquire(pair.secondary, client(52));
        frozen.sessionEnded(PairNode.NAME, pair.now - 20, pair.now, pair.secondary.waiting::add);
        pair.join();
        pair.pass(2);

        assertSound(pair);
        if (own != null && during != null) {
            assertThat(addressOf(own)).isNotEqualTo(addressOf(during));
        }
    }

    @Test
    void aServerThatLostItsDiskIsToldAllAndServesOnlyWhenMcltHasPassed() {
        ServerPair pair = ServerPair.normal();
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            given.add(addressOf(pair.acquire(client(i))));
            pair.run();
        }
        pair.kill(pair.secondary);
        pair.secondary.disk.clear();
        pair.pass(3);
        pair.restart(pair.secondary);
        pair.pass(2);

        assertThat(pair.secondary.state()).isEqualTo(RECOVER_WAIT);
        assertThat(pair.acquire(pair.secondary, client(60))).isNull();
        assertThat(pair.primary.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
        for (String address : given) {
            assertThat(pair.secondary.binding(address)).hasToString(address + " ACTIVE");
        }
        pair.pass(ServerPair.MCLT + 15);
        assertSound(pair);
    }

    /** What it let clients have is in no store any more, and they go on using it. */
    @Test
    void whatAServerPromisedBeforeItsDiskWasLostIsNobodyElses() {
        ServerPair pair = ServerPair.normal();
        String address = addressOf(pair.acquire(pair.primary, client(1)));
        pair.run();
        pair.pass(60);
        pair.primary.ask(client(1).renew(address), pair.now, pair.secondary);
        pair.run();
        pair.part();
        pair.pass(100);
        DhcpPacket unseen = pair.secondary.ask(client(1).renew(address), pair.now);
        Long seconds = unseen == null ? null : unseen.options().get(DhcpOption.LEASE_TIME);
        long end = pair.now + (seconds == null ? 0 : seconds);
        assertThat(end).isGreaterThan(pair.primary.engine().table().at(0).end());
        pair.kill(pair.secondary);
        pair.secondary.disk.clear();
        pair.restart(pair.secondary);
        pair.join();
        pair.pass(ServerPair.MCLT + 15);
        assertSound(pair);

        while (pair.now < end) {
            assertThat(pair.primary.binding(address)).hasToString(address + " ACTIVE");
            assertThat(pair.secondary.binding(address)).hasToString(address + " ACTIVE");
            pair.skip(Math.min(60, end - pair.now));
        }
    }

    @Test
    void aServerWithAnOldStoreLearnsSoFromItsPartner() {
        ServerPair pair = ServerPair.normal();
        pair.acquire(client(1));
        pair.run();
        List<byte[]> old = new ArrayList<>(pair.secondary.disk);
        for (int i = 2; i < 12; i++) {
            pair.acquire(client(i));
            pair.run();
        }
        pair.pass(5);
        pair.kill(pair.secondary);
        pair.secondary.disk.clear();
        pair.secondary.disk.addAll(old);
        pair.restart(pair.secondary);

        assertThat(pair.secondary.state()).isIn(RECOVER, RECOVER_WAIT);
        pair.pass(ServerPair.MCLT + 15);
        assertSound(pair);
    }

    @Test
    void aServerWithThePartnersStoreTakesItForNone() {
        ServerPair pair = ServerPair.normal();
        for (int i = 2; i < 12; i++) {
            pair.acquire(client(i));
            pair.run();
        }
        pair.kill(pair.secondary);
        pair.secondary.disk.clear();
        pair.secondary.disk.addAll(pair.primary.disk);
        pair.restart(pair.secondary);

        assertThat(pair.secondary.state()).isIn(RECOVER, RECOVER_WAIT);
        pair.pass(ServerPair.MCLT + 15);
        assertSound(pair);
    }

    @Test
    void withoutAPartnerOneServerHasAllAddressesWhenMcltHasPassed() {
        ServerPair pair = ServerPair.normal();
        pair.kill(pair.secondary);
        assertThat(pair.primary
                        .engine()
                        .happened(
                                PairNode.NAME,
                                new FailoverEvent.DeclaredDown(pair.now),
                                pair.now,
                                pair.primary.waiting::add))
                .isNull();
        pair.run();
        assertThat(pair.primary.state()).isEqualTo(PARTNER_DOWN);
        List<String> given = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            given.add(addressOf(pair.acquire(pair.primary, client(i))));
        }
        assertThat(pair.acquire(pair.primary, client(10))).isNull();
        pair.pass(ServerPair.MCLT - 20);
        for (int i = 0; i < 10; i++) {
            pair.primary.ask(client(i).renew(given.get(i)), pair.now);
        }
        assertThat(pair.acquire(pair.primary, client(10))).isNull();
        pair.pass(31);
        for (int i = 10; i < 20; i++) {
            DhcpPacket ack = pair.acquire(pair.primary, client(i));
            assertThat(ack).as("client %d", i).isNotNull();
            given.add(addressOf(ack));
        }
        assertThat(given).doesNotHaveDuplicates();

        pair.restart(pair.secondary);
        pair.pass(ServerPair.MCLT + 15);
        assertSound(pair);
    }

    @Test
    void bothTakenForDownByMistakeHealAndEachClashIsReported() {
        ServerPair pair = ServerPair.normal();
        pair.part();
        for (PairNode node : pair.nodes()) {
            node.engine()
                    .happened(PairNode.NAME, new FailoverEvent.DeclaredDown(pair.now), pair.now, node.waiting::add);
        }
        pair.run();
        pair.pass(ServerPair.MCLT + 11);
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            given.add(addressOf(pair.acquire(pair.primary, client(i))));
        }
        int clashes = 0;
        for (int i = 30; i < 50; i++) {
            clashes += given.contains(addressOf(pair.acquire(pair.secondary, client(i)))) ? 1 : 0;
        }
        assertThat(clashes).isPositive();

        pair.join();
        pair.pass(3);

        assertSound(pair);
        long reported = pair.primary.statistics().clashes()
                + pair.secondary.statistics().clashes();
        assertThat(reported).isGreaterThanOrEqualTo(clashes);
        assertThat(pair.primary.statistics().latestClashes().size()
                        + pair.secondary.statistics().latestClashes().size())
                .isEqualTo((int) reported);
    }

    @Test
    void afterARestartWhatWasNotAcknowledgedIsToldAgain() {
        ServerPair pair = ServerPair.normal();
        pair.part();
        for (int i = 0; i < 6; i++) {
            pair.acquire(pair.primary, client(i));
        }
        pair.kill(pair.primary);
        pair.restart(pair.primary);
        pair.join();
        pair.pass(2);

        assertSound(pair);
        assertThat(pair.secondary.statistics().active()).isEqualTo(6);
    }

    @Test
    void aServerWithAClockThatIsAheadAgreesWithItsPartner() {
        ServerPair pair = new ServerPair();
        pair.secondary.clock = 50;
        pair.start();
        for (int i = 0; i < 12; i++) {
            pair.acquire(client(i));
            pair.run();
        }
        pair.pass(5);

        assertThat(known(pair.primary, 0)).isEqualTo(known(pair.secondary, 50)).hasSizeGreaterThan(11);
        pair.skip(2 * 3600);
        pair.pass(5);
        assertThat(pair.primary.statistics().active()).isZero();
        assertThat(pair.secondary.statistics().active()).isZero();
    }
}
