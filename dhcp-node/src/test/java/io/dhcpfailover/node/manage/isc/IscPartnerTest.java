package io.dhcpfailover.node.manage.isc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
            // Times of the protocol are seconds, and no client does all this within one.
            long settled = System.currentTimeMillis() / 1000;
            await().until(() -> System.currentTimeMillis() / 1000 > settled);
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
