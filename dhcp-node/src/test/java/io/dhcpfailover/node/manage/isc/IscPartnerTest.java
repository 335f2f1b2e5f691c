package io.dhcpfailover.node.manage.isc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.ClientIdentifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server of this project whose partner is ISC dhcpd 4.4.3, with both in service. */
@Timeout(200)
class IscPartnerTest {

    @RegisterExtension
    private static final Lans LANS = new Lans("dhcpd");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatOneGaveTheOtherRenewsWhereItIsGone(boolean hotStandby) throws Exception {
        LANS.inBothRoles(hotStandby ? Plan.standby() : Plan.balanced(), folder, pair -> {
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
        });
    }

    @Test
    void aNewClientIsAnsweredByTheServerThatItBelongsTo() throws Exception {
        LANS.inBothRoles(Plan.balanced(), folder, pair -> {
            for (Client client : pair.clients.clients(6)) {
                Seat whose = client.bucket() < 128 ? Seat.FIRST : Seat.SECOND;
                assertThat(client.offerers()).as(client.toString()).containsExactly(whose.address);
            }
            pair.assertEqualStores();
        });
    }

    @Test
    void whoHasNoAddressesLeftGetsSomeOfItsPartner() throws Exception {
        LANS.inBothRoles(Plan.ofTwentyAddresses(), folder, pair -> {
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
        });
    }

    @Test
    void whatClientsGiveBackOrDoNotRenewIsFreeOnBoth() throws Exception {
        LANS.inBothRoles(Plan.balanced(), folder, pair -> {
            pair.clients.client().start(pair.atOwn());
            if (pair.atIsc() == Seat.FIRST) {
                // Our primary would end it a minute later, by which the clock of who gave it might be behind.
                pair.clients.client().start(pair.atIsc());
            }
            List<Client> ofOwn = List.of(pair.settled(pair.atOwn()), pair.settled(pair.atOwn()));
            List<Client> ofIsc = List.of(pair.settled(pair.atIsc()), pair.settled(pair.atIsc()));
            // No client does all this within a second.
            MixedPair.awaitNextSecond();
            ofOwn.getFirst().release(pair.atOwn());
            ofIsc.getFirst().release(pair.atIsc());
            ofOwn.getLast().renew(pair.atIsc()).release(pair.atIsc());
            ofIsc.getLast().renew(pair.atOwn()).release(pair.atOwn());
            // Of those who are gone without a word, the leases of MCLT end.
            await().atMost(MixedPair.PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(pair.isc.leases()).noneMatch(KeptLease::isActive));
            pair.assertEqualStores();
        });
    }

    @Test
    void anAddressThatAClientFindsTakenIsGivenToNobodyByEither() throws Exception {
        LANS.inBothRoles(Plan.balanced(), folder, pair -> {
            Client ofOwn = pair.settled(pair.atOwn());
            Client ofIsc = pair.settled(pair.atIsc());
            // A DECLINE is a broadcast, so relays bring it to both; where it is lost on the way to one, the other tells
            // it.
            Client heardByOwn = pair.settled(pair.atOwn());
            Client heardByIsc = pair.settled(pair.atIsc());
            Set<String> taken = Set.of(ofOwn.address(), ofIsc.address(), heardByOwn.address(), heardByIsc.address());
            ofOwn.decline(Seat.values());
            ofIsc.decline(Seat.values());
            heardByOwn.decline(pair.atOwn());
            heardByIsc.decline(pair.atIsc());
            pair.awaitOnBoth(taken, "ABANDONED");
            for (Client client : List.of(ofOwn, ofIsc, heardByOwn, heardByIsc)) {
                assertThat(client.start(pair.atOwn()).address()).isNotIn(taken);
            }
            pair.assertEqualStores();
        });
    }

    @Test
    void aClientIsWhoItSaysItIsWithWhateverNetworkCard() throws Exception {
        LANS.inBothRoles(Plan.balanced(), folder, pair -> {
            for (Seat seat : Seat.values()) {
                for (int kind = 0; kind < 3; kind++) {
                    ClientIdentifier identifier = ClientIdentifier.of(new byte[] {
                        (byte) (kind == 0 ? 0xFF : 0), (byte) (seat == Seat.FIRST ? 1 : 2), (byte) kind, 7, 8
                    });
                    Client client = pair.clients.client(identifier);
                    Seat whose = client.bucket() < 128 ? Seat.FIRST : Seat.SECOND;
                    assertThat(client.offerers()).as(client.toString()).containsExactly(whose.address);
                    pair.settle(List.of(client.start(seat)), seat);
                    Client withOther = pair.clients.client(identifier).start(seat.other());
                    assertThat(withOther.address()).isEqualTo(client.address());
                    pair.settle(List.of(withOther), seat);
                }
            }
            pair.assertEqualStores();
        });
    }

    @Test
    void aClientThatBothAnswerKeepsItsAddressOnBoth() throws Exception {
        LANS.inBothRoles(Plan.balanced(), folder, pair -> {
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
        });
    }

    @Test
    void whatBothGaveWhileTheyDidNotHearEachOtherIsKnownToBothAfterwards() throws Exception {
        LANS.inBothRoles(Plan.balanced(), folder, pair -> {
            Client stays = pair.settled(pair.atOwn());
            Client moves = pair.settled(pair.atOwn());
            Client movesHere = pair.settled(pair.atIsc());
            Client leaves = pair.settled(pair.atOwn());
            Client leavesThere = pair.settled(pair.atIsc());
            pair.cutLink();
            pair.awaitStates("COMMUNICATIONS-INTERRUPTED");
            Client came = pair.clients.client().start(pair.atOwn());
            Client cameThere = pair.clients.client().start(pair.atIsc());
            moves.renew(pair.atIsc());
            movesHere.renew(pair.atOwn());
            stays.renew(pair.atOwn()).renew(pair.atIsc()).renew(pair.atOwn());
            leaves.release(pair.atOwn());
            leavesThere.release(pair.atIsc());
            pair.mendLink();
            pair.awaitNormal();
            pair.settle(List.of(came, moves), pair.atIsc());
            pair.settle(List.of(cameThere, movesHere, stays), pair.atOwn());
            pair.assertEqualStores();
        });
    }

    @Test
    void rangesThatDifferAreNamed() throws Exception {
        LANS.inBothRoles(Plan.ofDifferentRanges(), folder, pair -> {
            pair.own.awaitSaid("give both servers the same ranges");
            pair.settled(pair.atOwn()).renew(pair.atIsc());
            assertThat(pair.isc.isAlive()).isTrue();
        });
    }
}
