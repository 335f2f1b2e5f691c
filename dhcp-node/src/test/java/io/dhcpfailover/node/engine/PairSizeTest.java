package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static io.dhcpfailover.node.engine.ServerPair.known;
import static io.dhcpfailover.node.failover.ServerState.NORMAL;
import static io.dhcpfailover.node.failover.ServerState.RECOVER_WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.failover.message.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many addresses: in parts, with as many updates under way as the partner takes, and while clients are served. */
class PairSizeTest {

    private static final String LARGE = """
            subnet: 10.0.0.0/8
            ranges: [{start: 10.0.1.0, end: 10.0.64.255}]
            leaseDuration: 1h
            failoverRelationship: dhcp2-dhcp1
            """;
    private static final String HUGE = LARGE.replace("10.0.64.255", "10.255.0.255");
    private static final long MCLT = 3600;
    private static final String RELAY = "10.0.0.1";

    @Test
    void allBindingsAreToldAgainWhileClientsAreServed() {
        ServerPair pair = new ServerPair(relationship -> relationship.withMclt(MCLT), LARGE);
        pair.start();
        pair.pass(30);
        assertThat(pair.primary.statistics().freePrimary()).isEqualTo(8192);
        for (int i = 0; i < 3000; i++) {
            // Otherwise they were a flood.
            pair.now += i % 100 == 0 ? 30 : 0;
            assertThat(pair.acquire(client(i).relayedBy(RELAY)))
                    .as("client %d", i)
                    .isNotNull();
            if (i % 50 == 0) {
                pair.run();
            }
        }
        pair.pass(1);
        pair.kill(pair.secondary);
        pair.secondary.disk.clear();
        pair.secondary.sent.clear();
        pair.primary.sent.clear();
        pair.restart(pair.secondary);

        assertThat(pair.secondary.state()).isEqualTo(RECOVER_WAIT);
        assertThat(pair.secondary.statistics().active()).isEqualTo(3000);
        long most = pair.primary.sent.stream()
                .filter(Message.BindingUpdates.class::isInstance)
                .mapToLong(
                        message -> ((Message.BindingUpdates) message).updates().size())
                .max()
                .orElse(0);
        assertThat(most).isBetween(100L, pair.unackedMax);
        assertThat(pair.acquire(pair.primary, client(5000).relayedBy(RELAY))).isNotNull();
        pair.skip(MCLT + 15);
        pair.pass(20);
        assertThat(pair.secondary.state()).isEqualTo(NORMAL);
        List<String> differing = new ArrayList<>(known(pair.primary, 0));
        differing.removeAll(new HashSet<>(known(pair.secondary, 0)));
        assertThat(differing).isEmpty();
    }

    @Test
    void ofAHugePoolOnlySoMuchIsMovedAsCostsLittle() {
        ServerPair pair = new ServerPair(relationship -> relationship, HUGE);
        pair.start();
        pair.pass(80);

        assertThat(pair.primary.statistics().freeSecondary()).isEqualTo(65_536);
        assertThat(pair.secondary.statistics().freeSecondary()).isEqualTo(65_536);
        assertThat(pair.primary.statistics().pendingUpdates()).isZero();
    }
}
