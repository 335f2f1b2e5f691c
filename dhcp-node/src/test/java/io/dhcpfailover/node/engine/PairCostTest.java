package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.lease.StoredRecords;
import org.junit.jupiter.api.Test;

/**
 * What a new client costs two partners besides its own packets, as counts: how long they take is no test's matter. In
 * LoadBalance half of the clients get addresses that the primary has given to the secondary before, one by one.
 */
class PairCostTest {

    private static final String HUGE = """
            subnet: 10.0.0.0/8
            ranges: [{start: 10.0.1.0, end: 10.240.0.255}]
            leaseDuration: 1h
            failoverRelationship: dhcp2-dhcp1
            """;

    private static final int TOGETHER = 100;
    private static final int PER_SECOND = 10_000;

    /** What both have sent and stored, for each client. */
    private record Cost(
            double updates, double messages, double records, double writes, long unanswered, int leastFree) {}

    private static Cost cost(Mode mode, int percent, int count) {
        ServerPair pair = new ServerPair(
                relationship -> new Relationship(
                        PairNode.NAME,
                        relationship.self(),
                        PartnerKind.NATIVE,
                        mode,
                        percent,
                        5,
                        ServerPair.MCLT,
                        0,
                        true,
                        3,
                        1000),
                HUGE);
        pair.start();
        pair.pass(80);
        for (PairNode node : pair.nodes()) {
            node.sent.clear();
            node.disk.clear();
        }
        long unanswered = 0;
        int leastFree = Integer.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            // Each comes by a relay of its own: limits of floods are not what is looked at.
            ClientPacket client = client(i).relayedBy("10.0.0." + (i % 250 + 1));
            unanswered += pair.acquire(client) == null ? 1 : 0;
            if (i % TOGETHER == TOGETHER - 1) {
                pair.run();
            }
            if (i % PER_SECOND == PER_SECOND - 1) {
                pair.pass(1);
                leastFree = Math.min(leastFree, pair.secondary.statistics().freeSecondary());
            }
        }
        pair.pass(1);
        long updates = 0;
        long messages = 0;
        long records = 0;
        long writes = 0;
        for (PairNode node : pair.nodes()) {
            messages += node.sent.size();
            updates += node.sent.stream()
                    .filter(Message.BindingUpdates.class::isInstance)
                    .mapToLong(message ->
                            ((Message.BindingUpdates) message).updates().size())
                    .sum();
            writes += node.disk.size();
            records += node.disk.stream()
                    .mapToLong(record -> StoredRecords.each(record).size())
                    .sum();
        }
        double clients = count;
        return new Cost(
                updates / clients, messages / clients, records / clients, writes / clients, unanswered, leastFree);
    }

    @Test
    void inHotStandbyThePartnerIsToldOnceOfEachClientInBatches() {
        Cost cost = cost(Mode.HotStandby, 100, 10_000);

        assertThat(cost.unanswered).isZero();
        assertThat(cost.updates).isLessThan(1.01);
        // Of the lease: given here, taken there, and acknowledged here.
        assertThat(cost.records).isLessThan(3.01);
        assertThat(cost.writes).isLessThan(1.1);
        assertThat(cost.messages).isLessThan(0.05);
    }

    /** The address of every other client is told once more, when the secondary gets it. */
    @Test
    void inLoadBalanceTheSecondaryGetsAddressesAsFastAsItGivesThem() {
        Cost cost = cost(Mode.LoadBalance, 50, 60_000);

        assertThat(cost.unanswered).isZero();
        assertThat(cost.leastFree).isGreaterThan(40_000);
        assertThat(cost.updates).isLessThan(1.51);
        assertThat(cost.records).isLessThan(4.55);
        assertThat(cost.writes).isLessThan(1.15);
        assertThat(cost.messages).isLessThan(0.1);
    }
}
