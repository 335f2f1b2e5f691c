package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.failover.ServerState.NORMAL;
import static io.dhcpfailover.node.failover.ServerState.PAUSED;
import static io.dhcpfailover.node.failover.ServerState.RECOVER_WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.failover.message.Header;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.StoredRecords;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is kept of a relationship, and what comes while some of it is being stored. */
class PairSnapshotTest {

    private static final Ipv4Prefix SUBNET = Ipv4Prefix.parse("192.0.2.0/24");

    private static final String OTHER = """
            subnet: 198.51.100.0/24
            ranges: [{start: 198.51.100.10, end: 198.51.100.29}]
            leaseDuration: 1h
            failoverRelationship: dhcp2-dhcp1
            """;

    private static StoredState read(List<byte[]> records) {
        StoredState store = new StoredState(new BindingTable(1));
        records.forEach(store::replay);
        return store;
    }

    /** A relationship may be away for a while; when it comes back, its scopes are not new to both. */
    @Test
    void aSnapshotHoldsARelationshipAlsoWhileTheServerTakesNoPartInIt() {
        ServerPair pair = ServerPair.normal();
        pair.primary.related = false;
        pair.primary.configure();

        StoredState kept = read(pair.primary.engine().records(0, 1000));

        assertThat(kept.relationships()).containsKey(PairNode.NAME);
        assertThat(kept.scopes()).containsKey(PairNode.NAME);
        assertThat(Objects.requireNonNull(kept.scopes().get(PairNode.NAME)).memberships())
                .isEqualTo(Map.of(SUBNET, Membership.SHARED));
    }

    private static void putBack(PairNode node, List<byte[]> old) {
        node.disk.clear();
        node.disk.addAll(old);
    }

    /** It gave no lease itself since, so that no number of its own tells it. */
    @Test
    void aServerWhoseDiskWentBackFindsOutByWhatItHadAcknowledged() {
        ServerPair pair = ServerPair.normal();
        ClientPacket client = ServerPair.clientOf(ServerRole.Primary, 0);
        String address = ServerPair.addressOf(pair.acquire(pair.primary, client));
        pair.run();
        List<byte[]> old = List.copyOf(pair.secondary.disk);
        pair.primary.ask(client.release(address).server(pair.primary.address.toString()), pair.now);
        pair.run();
        pair.kill(pair.secondary);
        putBack(pair.secondary, old);

        pair.restart(pair.secondary);

        assertThat(pair.secondary.state()).isEqualTo(RECOVER_WAIT);
        assertThat(ServerPair.known(pair.secondary, 0)).isEqualTo(ServerPair.known(pair.primary, 0));
        pair.skip(ServerPair.MCLT + 20);
        assertThat(pair.secondary.state()).isEqualTo(NORMAL);
        assertThat(pair.primary.state()).isEqualTo(NORMAL);
        pair.kill(pair.secondary);
        pair.restart(pair.secondary);
        assertThat(pair.secondary.state()).as("after it was told all").isEqualTo(NORMAL);
    }

    /** The numbers of changes are those of bindings, also of those that nobody has any more. */
    @Test
    void aServerThatStartsAfterAScopeWasErasedOnBothHasNotLostAnything() {
        ServerPair pair = new ServerPair(relationship -> relationship, ServerPair.SCOPE, OTHER);
        pair.start();
        ClientPacket far = ClientPacket.client(1).relayedBy("198.51.100.1");
        for (PairNode node : pair.nodes()) {
            for (int i = 0; i < 3; i++) {
                assertThat(pair.acquire(node, ServerPair.clientOf(node.role, i)))
                        .isNotNull();
            }
        }
        pair.run();
        assertThat(pair.acquire(far)).isNotNull();
        pair.run();
        for (PairNode node : pair.nodes()) {
            node.scopes = List.of(ServerPair.SCOPE);
            node.configure();
        }
        pair.pass(2);

        for (PairNode node : pair.nodes()) {
            pair.kill(node);
            pair.restart(node);
            assertThat(node.state()).isEqualTo(NORMAL);
        }
    }

    /** What was reserved outside of the range is nobody's then, and its change counts nevertheless. */
    @Test
    void aServerThatStartsAfterAReservationWentHasNotLostAnything() {
        String reserving =
                ServerPair.SCOPE + "reservations: [{address: 192.0.2.200, macAddress: \"02:00:5e:00:00:01\"}]\n";
        ServerPair pair = new ServerPair(relationship -> relationship, reserving);
        pair.start();
        assertThat(ServerPair.addressOf(pair.acquire(ClientPacket.client(1)))).isEqualTo("192.0.2.200");
        pair.run();
        for (PairNode node : pair.nodes()) {
            node.scopes = List.of(ServerPair.SCOPE);
            node.configure();
        }
        pair.pass(2);

        for (PairNode node : pair.nodes()) {
            pair.kill(node);
            pair.restart(node);
            assertThat(node.state()).isEqualTo(NORMAL);
        }
    }

    /** It has been told all, and does not ask again by itself. */
    @Test
    void aServerInRecoverWaitWhoseDiskWentBackFindsOutAsWell() {
        ServerPair pair = ServerPair.normal();
        ClientPacket client = ServerPair.clientOf(ServerRole.Primary, 0);
        pair.kill(pair.secondary);
        pair.secondary.disk.clear();
        pair.restart(pair.secondary);
        assertThat(pair.secondary.state()).isEqualTo(RECOVER_WAIT);
        List<byte[]> old = List.copyOf(pair.secondary.disk);
        assertThat(pair.acquire(pair.primary, client)).isNotNull();
        pair.skip(ServerPair.MCLT + 20);
        assertThat(pair.secondary.state()).isEqualTo(NORMAL);
        pair.kill(pair.secondary);
        putBack(pair.secondary, old);

        pair.restart(pair.secondary);

        assertThat(ServerPair.known(pair.secondary, 0)).isEqualTo(ServerPair.known(pair.primary, 0));
    }

    @Test
    void aClockThatWasSetMovesWhatIsKeptOfAnOlderMclt() {
        StoredScopes before = new StoredScopes(
                PairNode.NAME, new LeadTime.Kept(60, 60, 300, 5000), 12, 34, Map.of(SUBNET, Membership.JOINING));

        StoredState kept = read(List.of(before.encode(), StoredRecords.ofClockStep(700)));

        assertThat(kept.scopes().get(PairNode.NAME))
                .isEqualTo(new StoredScopes(
                        PairNode.NAME,
                        new LeadTime.Kept(60, 60, 300, 5700),
                        12,
                        34,
                        Map.of(SUBNET, Membership.JOINING)));
    }

    /** Nobody says it again: the process ends. */
    @Test
    void aPlannedStopHasItsTurnAfterAChangeThatIsBeingStored() {
        ServerPair pair = ServerPair.normal();
        Engine engine = pair.primary.engine();
        long now = 1_900_000_000;
        engine.sessionEnded(PairNode.NAME, now, now, pair.primary.waiting::add);
        PartnerSession again = new PartnerSession(Dialect.NATIVE, 10, 0);
        engine.sessionBegan(PairNode.NAME, again, now, pair.primary.waiting::add);
        engine.heard(
                PairNode.NAME,
                new Message.State(new Header(now, 1), NORMAL, false, now, null),
                now,
                pair.primary.waiting::add);

        assertThat(engine.happened(PairNode.NAME, new FailoverEvent.Stopping(false), now, pair.primary.waiting::add))
                .isNull();
        pair.primary.sync(now, null);

        assertThat(pair.primary.state()).isEqualTo(PAUSED);
    }

    /** A maintenance that ends as soon as it began must not leave its server in PAUSED, where it answers nobody. */
    @Test
    void aServerThatIsToServeAgainWhileItsStopIsBeingStoredDoes() {
        ServerPair pair = ServerPair.normal();
        Engine engine = pair.primary.engine();
        long now = 1_900_000_000;

        assertThat(engine.happened(PairNode.NAME, new FailoverEvent.Stopping(false), now, pair.primary.waiting::add))
                .isNull();
        assertThat(engine.happened(PairNode.NAME, new FailoverEvent.Resumed(), now, pair.primary.waiting::add))
                .isNull();
        pair.primary.sync(now, null);

        assertThat(pair.primary.state()).isNotEqualTo(PAUSED);
    }
}
