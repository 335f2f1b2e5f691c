package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.failover.ServerState.NORMAL;
import static io.dhcpfailover.node.failover.ServerState.RECOVER_DONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.message.BindingUpdate;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.lease.BindingState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pair that comes into service for the first time: whoever answers a client then has an address for it. */
class PairBeginTest {

    /** How many addresses a server gave its partner before it said that it is ready to serve. */
    private static long givenBeforeReady(PairNode primary) {
        List<BindingUpdate> told = new ArrayList<>();
        for (Message message : primary.sent) {
            if (message instanceof Message.State state
                    && (state.state() == NORMAL || state.state() == RECOVER_DONE)
                    && !state.startup()) {
                break;
            }
            if (message instanceof Message.BindingUpdates updates) {
                told.addAll(updates.updates());
            }
        }
        return told.stream()
                .filter(update -> update.status() == BindingState.BACKUP)
                .count();
    }

    @Test
    void theSecondaryHasItsShareBeforeItServes() {
        ServerPair pair = ServerPair.normal();

        assertThat(pair.secondary.state()).isEqualTo(NORMAL);
        assertThat(givenBeforeReady(pair.primary)).isEqualTo(10);
    }

    @Test
    void alsoThatOfAServerThatServedAloneBefore() {
        String alone = ServerPair.SCOPE.replace("failoverRelationship: dhcp2-dhcp1", "server: dhcp1");
        ServerPair pair = new ServerPair(relationship -> relationship, alone);
        pair.primary.related = false;
        pair.primary.start(pair.now);
        for (int i = 0; i < 4; i++) {
            assertThat(pair.acquire(pair.primary, ServerPair.clientOf(ServerRole.Primary, i)))
                    .isNotNull();
        }
        pair.primary.related = true;
        pair.primary.scopes = List.of(ServerPair.SCOPE);
        pair.primary.configure();
        pair.secondary.scopes = List.of(ServerPair.SCOPE);
        pair.pass(6);
        pair.secondary.start(pair.now);
        pair.run();

        assertThat(pair.secondary.state()).isEqualTo(NORMAL);
        assertThat(givenBeforeReady(pair.primary)).isEqualTo(8);
    }

    @Test
    void aServerThatIsNotReadyItselfKeepsNobodyWaiting() {
        ServerPair pair = new ServerPair();
        pair.primary.start(pair.now);
        pair.secondary.start(pair.now);
        pair.apart = true;
        pair.run();
        pair.pass(20);
        pair.join();
        pair.pass(1);

        assertThat(pair.primary.state()).isEqualTo(NORMAL);
        assertThat(pair.secondary.statistics().freeSecondary()).isEqualTo(10);
    }
}
