package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static io.dhcpfailover.node.engine.ServerPair.addressOf;
import static io.dhcpfailover.node.engine.ServerPair.known;
import static io.dhcpfailover.node.failover.ServerState.NORMAL;
import static io.dhcpfailover.node.failover.ServerState.RECOVER;
import static io.dhcpfailover.node.failover.ServerState.RECOVER_WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.wire.MessageType;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a scope is to a relationship while it comes, goes, and through a restart; and what becomes of its leases. */
class PairScopesTest {

    private static final String ALONE = ServerPair.SCOPE.replace("failoverRelationship: dhcp2-dhcp1", "server: dhcp1");
    private static final String DISABLED = ALONE + "state: Inactive\n";
    private static final String OTHER = """
            subnet: 198.51.100.0/24
            ranges: [{start: 198.51.100.10, end: 198.51.100.29}]
            leaseDuration: 1h
            failoverRelationship: dhcp2-dhcp1
            """;
    private static final String OTHER_ALONE = OTHER.replace("failoverRelationship: dhcp2-dhcp1", "server: dhcp1");

    private static void tell(ServerPair pair, PairNode node, String... scopes) {
        node.scopes = List.of(scopes);
        node.configure();
        pair.pass(1);
    }

    private static ClientPacket far(int number) {
        return client(number).relayedBy("198.51.100.1");
    }

    private static Set<String> serve(ServerPair pair, int clients) {
        Set<String> given = new HashSet<>();
        for (int i = 0; i < clients; i++) {
            given.add(addressOf(pair.acquire(client(i))));
            pair.run();
        }
        return given;
    }

    private static Binding binding(PairNode node, String address) {
        return Objects.requireNonNull(node.binding(address), "nothing is known of " + address);
    }

    /** Some of what its partner told of the scope is in the store already: it served nothing of that. */
    @Test
    void aServerThatStartsAgainWhileAScopeJoinsStillWaitsForItsBindings() {
        ServerPair pair = new ServerPair(relationship -> relationship, ServerPair.SCOPE);
        pair.secondary.scopes = List.of(ServerPair.SCOPE, OTHER_ALONE);
        pair.start();
        String address = addressOf(pair.acquire(pair.secondary, far(1)));
        tell(pair, pair.primary, ServerPair.SCOPE, OTHER);
        pair.apart = true;
        pair.kill(pair.primary);
        pair.primary.disk.add(StoredRecords.of(binding(pair.secondary, address)));
        pair.restart(pair.primary);
        pair.pass(10);

        assertThat(pair.acquire(pair.primary, far(2))).isNull();
        assertThat(pair.acquire(pair.primary, client(3))).isNotNull();
    }

    @Test
    void aServerThatHasAScopeAloneHasItAloneAfterARestartAlsoWithoutAnyLease() {
        ServerPair pair = new ServerPair(relationship -> relationship, ServerPair.SCOPE);
        pair.primary.scopes = List.of(ServerPair.SCOPE, OTHER_ALONE);
        pair.start();
        tell(pair, pair.primary, ServerPair.SCOPE, OTHER);
        pair.kill(pair.primary);
        pair.restart(pair.primary);
        pair.pass(2);

        assertThat(pair.primary.state()).isEqualTo(NORMAL);
        assertThat(pair.acquire(pair.primary, far(1))).isNotNull();
    }

    @Test
    void whatLeavesOneServerIsKeptUpToDateThereAndErasedOnceThePartnerDoesNotHaveItEither() {
        ServerPair pair = ServerPair.normal();
        Set<String> given = serve(pair, 6);
        tell(pair, pair.secondary);

        for (int i = 10; i < 14; i++) {
            given.add(addressOf(pair.acquire(pair.primary, client(i))));
        }
        pair.run();
        assertThat(given).hasSize(10);
        for (String address : given) {
            assertThat(binding(pair.secondary, address)).hasToString(address + " ACTIVE");
        }
        assertThat(pair.primary.statistics().pendingUpdates()).isZero();

        tell(pair, pair.primary, ALONE);
        for (int life = 0; life < 2; life++) {
            for (String address : given) {
                assertThat(binding(pair.primary, address)).hasToString(address + " ACTIVE");
                Binding copy = binding(pair.secondary, address);
                assertThat(copy).hasToString(address + " FREE");
                assertThat(copy.client()).isNull();
                assertThat(copy.agreement()).isNull();
                assertThat(copy.history()).isEmpty();
            }
            pair.kill(pair.secondary);
            pair.restart(pair.secondary);
        }
    }

    @Test
    void whileItsPartnerDoesNotHaveAScopeAServerAnswersAllItsClients() {
        ServerPair pair = ServerPair.normal();
        tell(pair, pair.secondary);

        assertThat(pair.primary.state()).isEqualTo(NORMAL);
        for (int i = 0; i < 4; i++) {
            assertThat(pair.acquire(pair.primary, ServerPair.clientOf(ServerRole.Secondary, i)))
                    .isNotNull();
        }
    }

    /** Whoever takes a scope from a server by mistake, and gives it back, must not cost any client its address. */
    @Test
    void aScopeThatComesBackIsServedWithAllThatWasGivenMeanwhile() {
        ServerPair pair = ServerPair.normal();
        Set<String> given = serve(pair, 4);
        tell(pair, pair.primary);
        for (int i = 10; i < 14; i++) {
            given.add(addressOf(pair.acquire(pair.secondary, client(i))));
        }
        pair.run();
        tell(pair, pair.primary, ServerPair.SCOPE);
        pair.part();
        for (int i = 20; i < 28; i++) {
            var ack = pair.acquire(pair.primary, client(i));
            if (ack != null) {
                assertThat(given.add(addressOf(ack))).as(addressOf(ack)).isTrue();
            }
        }
        assertThat(given).hasSizeGreaterThan(10);
        pair.join();
        pair.pass(2);
        assertThat(known(pair.primary, 0)).isEqualTo(known(pair.secondary, 0));
    }

    /** Nobody knows what became of it meanwhile: the partner may have served it alone, and be told so only now. */
    @Test
    void aScopeThatComesBackUnheardIsServedOnceThePartnerHasToldAllOfIt() {
        ServerPair pair = ServerPair.normal();
        Set<String> given = serve(pair, 4);
        tell(pair, pair.primary);
        pair.part();
        tell(pair, pair.secondary, ALONE);
        for (int i = 10; i < 24; i++) {
            given.add(addressOf(pair.acquire(pair.secondary, client(i))));
        }
        tell(pair, pair.primary, ServerPair.SCOPE);
        pair.pass(10);
        assertThat(pair.acquire(pair.primary, client(30))).isNull();

        tell(pair, pair.secondary, ServerPair.SCOPE);
        pair.join();
        pair.pass(2);
        for (int i = 30; i < 32; i++) {
            assertThat(given.add(addressOf(pair.acquire(client(i))))).isTrue();
            pair.run();
        }
        assertThat(known(pair.primary, 0)).isEqualTo(known(pair.secondary, 0)).hasSize(20);
        assertThat(pair.primary.statistics().clashes()).isZero();
    }

    /** Of what its partner had acknowledged, it is not told again unless it asks for all. */
    @Test
    void alsoWhereThePartnerNeverKnewThatItHadLeft() {
        ServerPair pair = ServerPair.normal();
        Set<String> given = serve(pair, 6);
        pair.part();
        tell(pair, pair.primary);
        given.add(addressOf(pair.acquire(pair.secondary, client(20))));
        tell(pair, pair.primary, ServerPair.SCOPE);
        pair.kill(pair.primary);
        pair.restart(pair.primary);
        pair.join();
        pair.pass(2);

        assertThat(pair.primary.state()).isEqualTo(NORMAL);
        assertThat(known(pair.primary, 0)).isEqualTo(known(pair.secondary, 0));
        assertThat(pair.primary.statistics().active()).isEqualTo(7);
        for (int i = 30; i < 36; i++) {
            assertThat(given.add(addressOf(pair.acquire(client(i))))).isTrue();
            pair.run();
        }
    }

    /** Its disk was lost while it had no scope: what it gave before is in no store, and its partner tells all at once. */
    @Test
    void aServerThatLostItsDiskWithoutAScopeIsToldAllOfTheOneThatItIsGiven() {
        ServerPair pair = ServerPair.normal();
        Set<String> given = serve(pair, 6);
        pair.apart = true;
        pair.kill(pair.secondary);
        pair.secondary.disk.clear();
        pair.secondary.scopes = List.of();
        pair.restart(pair.secondary);
        tell(pair, pair.secondary, ServerPair.SCOPE);
        pair.join();
        pair.pass(2);

        assertThat(pair.secondary.state()).isEqualTo(RECOVER_WAIT);
        for (String address : given) {
            assertThat(binding(pair.secondary, address)).hasToString(address + " ACTIVE");
        }
        pair.pass(ServerPair.MCLT + 15);
        assertThat(pair.secondary.state()).isEqualTo(NORMAL);
        assertThat(known(pair.primary, 0)).isEqualTo(known(pair.secondary, 0));
    }

    @Test
    void aCopyThatIsDisabledStaysAndCountsForNothingWhenTheScopeComesBack() {
        ServerPair pair = ServerPair.normal();
        String address = addressOf(pair.acquire(pair.primary, client(1)));
        pair.run();
        tell(pair, pair.secondary, DISABLED);
        tell(pair, pair.primary, ALONE);
        assertThat(binding(pair.secondary, address)).hasToString(address + " ACTIVE");
        assertThat(pair.acquire(pair.secondary, client(2))).isNull();
        pair.primary.ask(
                client(1)
                        .type(MessageType.RELEASE)
                        .server(pair.primary.address.toString())
                        .at(address),
                pair.now);
        pair.pass(1);
        for (int i = 10; i < 30; i++) {
            assertThat(pair.acquire(pair.primary, client(i))).as("client %d", i).isNotNull();
        }
        pair.kill(pair.secondary);
        pair.secondary.scopes = List.of(ServerPair.SCOPE);
        pair.restart(pair.secondary);
        pair.pass(1);
        assertThat(pair.acquire(pair.secondary, client(50))).isNull();
        tell(pair, pair.primary, ServerPair.SCOPE);
        pair.pass(2);

        assertThat(known(pair.primary, 0)).isEqualTo(known(pair.secondary, 0)).hasSize(20);
        assertThat(pair.secondary.statistics().active()).isEqualTo(20);
        assertThat(pair.secondary.statistics().clashes()).isZero();
    }

    @Test
    void whatLeavesWithItsRelationshipIsErasedAndAskedForIfThatComesBack() {
        ServerPair pair = ServerPair.normal();
        Set<String> given = serve(pair, 6);
        pair.secondary.related = false;
        pair.apart = true;
        tell(pair, pair.secondary);
        for (String address : given) {
            assertThat(binding(pair.secondary, address).client()).isNull();
        }

        pair.kill(pair.secondary);
        pair.secondary.related = true;
        pair.secondary.scopes = List.of(ServerPair.SCOPE);
        pair.restart(pair.secondary);
        assertThat(pair.acquire(pair.secondary, client(20))).isNull();
        pair.join();
        pair.pass(2);
        assertThat(pair.secondary.state()).isIn(RECOVER, RECOVER_WAIT);
        pair.pass(ServerPair.MCLT + 15);
        assertThat(pair.secondary.state()).isEqualTo(NORMAL);
        assertThat(known(pair.primary, 0)).isEqualTo(known(pair.secondary, 0));
        assertThat(pair.secondary.statistics().active()).isEqualTo(6);
    }
}
