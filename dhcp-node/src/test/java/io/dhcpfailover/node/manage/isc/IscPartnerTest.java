package io.dhcpfailover.node.manage.isc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.node.manage.isc.MixedPair.Role;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A server of this project whose partner is ISC dhcpd 4.4.3, with both in service. */
@Timeout(300)
class IscPartnerTest {

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces("dhcpd");

    private static Lan lan;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void lan() throws Exception {
        lan = new Lan(NAMESPACES);
    }

    @ParameterizedTest
    @CsvSource({"PRIMARY, false", "PRIMARY, true", "SECONDARY, false", "SECONDARY, true"})
    void whatOneGaveTheOtherRenewsWhereItIsGone(Role role, boolean hotStandby) throws Exception {
        Plan plan = hotStandby ? Plan.standby() : Plan.balanced();
        try (MixedPair pair = new MixedPair(lan, role, plan, folder)) {
            Client ofOwn = pair.settled(pair.atOwn());
            Client ofIsc = pair.settled(pair.atIsc());

            pair.own.kill();
            pair.awaitState(pair.isc, "COMMUNICATIONS-INTERRUPTED");
            ofOwn.renew(pair.atIsc());
            ofIsc.renew(pair.atIsc());
            pair.own.start();
            pair.awaitNormal();

            pair.assertSound();
            pair.isc.kill();
            pair.awaitState(pair.own, "COMMUNICATIONS-INTERRUPTED");
            ofOwn.renew(pair.atOwn());
            ofIsc.renew(pair.atOwn());
            pair.isc.start();
            pair.awaitNormal();

            pair.assertEqualStores();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNewClientIsAnsweredByTheServerThatItBelongsTo(Role role) throws Exception {
        try (MixedPair pair = new MixedPair(lan, role, Plan.balanced(), folder)) {
            for (Client client : pair.clients.clients(12)) {
                Seat whose = client.bucket() < 128 ? Seat.FIRST : Seat.SECOND;
                assertThat(client.offerers()).as(client.toString()).containsExactly(whose.address);
            }
            pair.assertEqualStores();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoHasNoAddressesLeftGetsSomeOfItsPartner(Role role) throws Exception {
        try (MixedPair pair = new MixedPair(lan, role, Plan.ofTwentyAddresses(), folder)) {
            for (Seat seat : List.of(pair.atIsc(), pair.atOwn())) {
                List<Client> some = pair.clients.clients(6);
                for (Client client : some) {
                    await(client + ", until " + seat + " has an address for it")
                            .atMost(MixedPair.PATIENCE)
                            .until(() -> client.isOffered(seat));
                    client.start(seat);
                }
                pair.settle(some, seat);
            }
            pair.assertEqualStores();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatClientsGiveBackOrDoNotRenewIsFreeOnBoth(Role role) throws Exception {
        try (MixedPair pair = new MixedPair(lan, role, Plan.balanced(), folder)) {
            pair.clients.client().start(pair.atOwn());
            // One that ISC dhcpd let have its address would be ended a minute later, by which its clock might be
            // behind.
            pair.clients.client().start(pair.atIsc()).renew(pair.atOwn());
            Client renewedElsewhere = pair.clients.client().start(pair.atOwn()).renew(pair.atIsc());
            for (Seat seat : Seat.values()) {
                pair.settled(seat).release(seat);
                pair.settled(seat.other()).renew(seat).release(seat);
            }
            renewedElsewhere.release(pair.atIsc());
            // Of those who are gone without a word, the leases of MCLT end.
            await().atMost(MixedPair.PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(pair.isc.leases()).noneMatch(KeptLease::isActive));
            pair.assertEqualStores();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatBothAnswerKeepsItsAddressOnBoth(Role role) throws Exception {
        try (MixedPair pair = new MixedPair(lan, role, Plan.balanced(), folder)) {
            List<Client> some = pair.clients.clients(4);
            for (Client client : some) {
                client.start(pair.atOwn());
            }
            for (int i = 0; i < 4; i++) {
                for (Client client : some) {
                    client.rebind();
                }
            }
            pair.assertEqualStores();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatBothGaveWhileTheyDidNotHearEachOtherIsKnownToBothAfterwards(Role role) throws Exception {
        try (MixedPair pair = new MixedPair(lan, role, Plan.balanced(), folder)) {
            Client stays = pair.settled(pair.atOwn());
            Client moves = pair.settled(pair.atOwn());
            Client movesHere = pair.settled(pair.atIsc());
            Client leaves = pair.settled(pair.atOwn());
            Client leavesThere = pair.settled(pair.atIsc());
            lan.cutLink();
            pair.awaitStates("COMMUNICATIONS-INTERRUPTED");
            Client came = pair.clients.client().start(pair.atOwn());
            Client cameThere = pair.clients.client().start(pair.atIsc());
            moves.renew(pair.atIsc());
            movesHere.renew(pair.atOwn());
            stays.renew(pair.atOwn()).renew(pair.atIsc()).renew(pair.atOwn());
            leaves.release(pair.atOwn());
            leavesThere.release(pair.atIsc());
            lan.mendLink();
            pair.awaitNormal();
            pair.settle(List.of(came, moves), pair.atIsc());
            pair.settle(List.of(cameThere, movesHere, stays), pair.atOwn());
            pair.assertEqualStores();
        }
    }
}
