package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static io.dhcpfailover.node.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.dhcpfailover.node.failover.ServerState.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.wire.MessageType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server whose disk takes nothing cannot grant anything, and says nothing of it: its partner has to take over. */
class PairStorageTest {

    private static List<Effect> flush(ServerPair pair, PairNode node) {
        List<Effect> effects = new ArrayList<>();
        node.engine().flush(pair.now, effects::add);
        return effects;
    }

    private static boolean dropsAtOnce(List<Effect> effects) {
        return effects.stream().anyMatch(effect -> effect instanceof Effect.DropLink drop && drop.atOnce());
    }

    @Test
    void aStoreThatTakesNothingForAsLongAsAPartnerMayBeSilentEndsTheSession() {
        ServerPair pair = ServerPair.normal();
        pair.primary.engine().setStorageBusy(2);
        assertThat(dropsAtOnce(flush(pair, pair.primary))).isFalse();

        pair.primary.engine().setStorageBusy(3);
        assertThat(dropsAtOnce(flush(pair, pair.primary))).isTrue();
        assertThat(dropsAtOnce(flush(pair, pair.primary))).as("a second time").isFalse();
    }

    /** What was stored in between does not make the second time any better for clients. */
    @Test
    void aStoreThatGetsStuckAgainInTheSameSessionEndsItAgain() {
        ServerPair pair = ServerPair.normal();
        pair.primary.engine().setStorageBusy(3);
        assertThat(dropsAtOnce(flush(pair, pair.primary))).isTrue();
        pair.primary.engine().setStorageBusy(0);
        assertThat(dropsAtOnce(flush(pair, pair.primary))).isFalse();

        pair.primary.engine().setStorageBusy(3);
        assertThat(dropsAtOnce(flush(pair, pair.primary))).isTrue();
        assertThat(dropsAtOnce(flush(pair, pair.primary))).as("once each time").isFalse();
    }

    /** The session that follows carries no state before one can be stored, so the partner goes on serving all clients. */
    @Test
    void itsPartnerServesAllClientsUntilTheStoreIsSoundAgain() {
        ServerPair pair = ServerPair.normal();
        pair.primary.engine().setStorageFailing(true);
        pair.primary.engine().setStorageBusy(3);
        // What a store that takes nothing comes to: no other session leads anywhere.
        pair.apart = true;
        pair.run();
        assertThat(pair.secondary.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);

        ClientPacket primarys = ServerPair.clientOf(ServerRole.Primary, 1);
        assertThat(pair.primary.ask(primarys.discover(), pair.now)).isNull();
        assertThat(pair.acquire(pair.secondary, primarys)).isNotNull();

        pair.primary.engine().setStorageFailing(false);
        pair.primary.engine().setStorageBusy(0);
        pair.join();
        pair.pass(2);
        assertThat(pair.primary.state()).isEqualTo(NORMAL);
        assertThat(pair.secondary.state()).isEqualTo(NORMAL);
    }

    /** Where nobody else can, an offer is better than none: the disk may be sound again when it is taken. */
    @Test
    void aServerWithoutAPartnerGoesOnOffering() {
        String alone = ServerPair.SCOPE.replace("failoverRelationship: dhcp2-dhcp1", "server: dhcp1");
        ServerPair pair = new ServerPair(relationship -> relationship, alone);
        pair.primary.related = false;
        pair.primary.start(pair.now);
        pair.primary.engine().setStorageFailing(true);
        pair.primary.engine().setStorageBusy(60);

        assertThat(PairNode.typeOf(pair.primary.ask(client(1).discover(), pair.now)))
                .isEqualTo(MessageType.OFFER);
    }
}
