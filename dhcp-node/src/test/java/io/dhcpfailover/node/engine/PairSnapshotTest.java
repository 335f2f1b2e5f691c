package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.failover.ServerState.NORMAL;
import static io.dhcpfailover.node.failover.ServerState.PAUSED;
import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void aClockThatWasSetMovesWhatIsKeptOfAnOlderMclt() {
        StoredScopes before = new StoredScopes(
                PairNode.NAME, new LeadTime.Kept(60, 60, 300, 5000), Map.of(SUBNET, Membership.JOINING));

        StoredState kept = read(List.of(before.encode(), StoredRecords.ofClockStep(700)));

        assertThat(kept.scopes().get(PairNode.NAME))
                .isEqualTo(new StoredScopes(
                        PairNode.NAME, new LeadTime.Kept(60, 60, 300, 5700), Map.of(SUBNET, Membership.JOINING)));
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
}
