package io.dhcpfailover.node.failover;

import static io.dhcpfailover.node.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.dhcpfailover.node.failover.ServerState.PARTNER_DOWN;
import static io.dhcpfailover.node.failover.ServerState.RECOVER_WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a server keeps of a relationship. */
class RelationshipStateTest {

    private static final long NOW = 1_795_235_731;

    @Test
    void whatIsKeptIsFoundAgain() {
        RelationshipState kept =
                new RelationshipState(PARTNER_DOWN, 1, COMMUNICATIONS_INTERRUPTED, RECOVER_WAIT, 2, 3, 4, 5, 6, true);
        byte[] record = kept.encode("dhcp2-dhcp1 ü", ServerRole.Secondary);

        assertThat(record[0]).isEqualTo((byte) 3);
        assertThat(RelationshipState.decode(record))
                .isEqualTo(new RelationshipState.Named("dhcp2-dhcp1 ü", ServerRole.Secondary, kept));
        RelationshipState unknown = RelationshipState.unknown(false, NOW);
        assertThat(RelationshipState.decode(unknown.encode("r", ServerRole.Primary)))
                .isEqualTo(new RelationshipState.Named("r", ServerRole.Primary, unknown));
        assertThat(kept.shifted(10))
                .isEqualTo(new RelationshipState(
                        PARTNER_DOWN, 11, COMMUNICATIONS_INTERRUPTED, RECOVER_WAIT, 12, 13, 14, 15, 16, true));
    }

    /** Its partner may have given all addresses since: so it begins as one that had said goodbye, and serves nobody. */
    @Test
    void aServerThatWasTakenForDownRecovers() {
        for (ServerState state : new ServerState[] {ServerState.NORMAL, COMMUNICATIONS_INTERRUPTED, PARTNER_DOWN}) {
            RelationshipState kept = new RelationshipState(
                    state, NOW - 900, state, ServerState.NORMAL, NOW - 900, NOW - 500, 0, 0, 0, false);

            RelationshipState next = StateMachine.start(kept.declaredDown(NOW - 500), NOW - 510, NOW)
                    .next()
                    .kept();
            assertThat(next.state()).isEqualTo(ServerState.RECOVER);
            assertThat(next.recoverFrom()).isEqualTo(NOW - 500);
        }
    }

    @Test
    void aServerThatMetItsPartnerSinceGoesOn() {
        RelationshipState kept = new RelationshipState(
                ServerState.NORMAL,
                NOW - 100,
                ServerState.RECOVER_DONE,
                ServerState.NORMAL,
                NOW - 100,
                NOW - 100,
                0,
                0,
                0,
                false);

        assertThat(kept.declaredDown(NOW - 101)).isEqualTo(kept);
        assertThat(kept.declaredDown(NOW - 100).state()).isEqualTo(ServerState.SHUTDOWN);
    }

    @Test
    void octetsThatAreNoRecordAreRefused() {
        byte[] record = RelationshipState.unknown(true, NOW).encode("r", ServerRole.Primary);
        for (int length = 0; length < record.length; length++) {
            byte[] shorter = Arrays.copyOf(record, length);
            assertThatThrownBy(() -> RelationshipState.decode(shorter)).isInstanceOf(IllegalArgumentException.class);
        }
        byte[] longer = Arrays.copyOf(record, record.length + 1);
        assertThatThrownBy(() -> RelationshipState.decode(longer)).hasMessageContaining("this version");
        record[3] = 77;
        assertThatThrownBy(() -> RelationshipState.decode(record)).hasMessageContaining("this version");
        record[0] = 1;
        assertThatThrownBy(() -> RelationshipState.decode(record)).hasMessageContaining("kind 1");
    }
}
