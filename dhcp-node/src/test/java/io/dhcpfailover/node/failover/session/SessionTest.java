package io.dhcpfailover.node.failover.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.Decoded;
import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.failover.message.Header;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.MessageDecoder;
import io.dhcpfailover.node.failover.message.MessageEncoder;
import io.dhcpfailover.node.failover.message.RejectReason;
import io.dhcpfailover.node.failover.message.Secrets;
import io.dhcpfailover.node.failover.session.Ending.Cause;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session between two servers of this project, once it has begun. */
class SessionTest {

    private final Wire wire = Wire.linked(Wire.SECRET);

    private Message.State state(long xid) {
        return new Message.State(new Header(wire.now(wire.primary).time(), xid), ServerState.NORMAL, false, Wire.TIME);
    }

    private byte[] sealedState(long xid) {
        wire.primary.session().send(state(xid), wire.now(wire.primary));
        return wire.primary.sent.remove();
    }

    @Test
    void whatOneSendsTheOtherHearsInItsOrder() {
        Message first = state(1);
        Message second = state(2);
        wire.primary.session().send(first, wire.now(wire.primary));
        wire.primary.session().send(second, wire.now(wire.primary));
        wire.deliver();

        assertThat(wire.secondary.heard).containsExactly(first, second);
        assertThat(wire.primary.heard).isEmpty();
    }

    @Test
    void framesMayComeOctetByOctetOrAllAtOnce() {
        byte[] first = sealedState(1);
        byte[] second = sealedState(2);
        byte[] both = ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
        for (byte octet : both) {
            wire.give(wire.secondary, new byte[] {octet});
        }
        assertThat(wire.secondary.heard).hasSize(2);

        byte[] third = sealedState(3);
        byte[] fourth = sealedState(4);
        wire.give(
                wire.secondary,
                ByteBuffer.allocate(third.length + fourth.length)
                        .put(third)
                        .put(fourth)
                        .array());
        assertThat(wire.secondary.heard).hasSize(4);
    }

    @Test
    void aRepeatedFrameEndsIt() {
        byte[] frame = sealedState(1);
        wire.give(wire.secondary, frame);
        wire.give(wire.secondary, frame);

        assertThat(wire.secondary.heard).hasSize(1);
        assertThat(wire.secondary.ending().cause()).isEqualTo(Cause.NOT_AUTHENTIC);
    }

    @Test
    void framesThatWereExchangedEndIt() {
        byte[] first = sealedState(1);
        byte[] second = sealedState(2);
        wire.give(wire.secondary, second);
        wire.give(wire.secondary, first);

        assertThat(wire.secondary.heard).isEmpty();
        assertThat(wire.secondary.ending().cause()).isEqualTo(Cause.NOT_AUTHENTIC);
    }

    @Test
    void anOwnFrameThatIsSentBackEndsIt() {
        wire.give(wire.primary, sealedState(1));

        assertThat(wire.primary.heard).isEmpty();
        assertThat(wire.primary.ending().cause()).isEqualTo(Cause.NOT_AUTHENTIC);
    }

    @Test
    void aFrameWithoutADigestEndsIt() {
        wire.give(wire.secondary, MessageEncoder.encode(state(1), Dialect.NATIVE));

        assertThat(wire.secondary.heard).isEmpty();
        assertThat(wire.secondary.ending().text()).contains("without a digest", "the same Secret");
    }

    @Test
    void anIdleSessionIsProvedAliveInEachContactInterval() {
        wire.pass(900);
        wire.tick();
        assertThat(wire.primary.sent).isEmpty();
        wire.pass(100);
        wire.tick();
        assertThat(wire.primary.sent).hasSize(1);
        assertThat(wire.secondary.sent).hasSize(1);
        wire.deliver();
        wire.run(60_000);

        assertThat(wire.primary.ending).isNull();
        assertThat(wire.secondary.ending).isNull();
        assertThat(wire.secondary.heard)
                .as("a CONTACT concerns the session alone")
                .isEmpty();
    }

    @Test
    void whatIsSentProvesItAsWell() {
        wire.pass(900);
        wire.primary.session().send(state(1), wire.now(wire.primary));
        wire.deliver();
        wire.pass(900);
        wire.tick();

        assertThat(wire.primary.sent).isEmpty();
        assertThat(wire.secondary.sent).hasSize(1);
    }

    @Test
    void silenceForThreeContactIntervalsEndsIt() {
        wire.pass(2999);
        wire.tick();
        assertThat(wire.primary.ending).isNull();
        wire.primary.sent.clear();
        wire.pass(1);
        wire.tick();

        assertThat(wire.primary.ending().cause()).isEqualTo(Cause.SILENT);
        assertThat(wire.primary.ending().began()).isTrue();
        assertThat(wire.primary.ending().lastHeard())
                .isEqualTo(wire.now(wire.primary).time() - 3);
        assertThat(wire.primary.sent).as("a DISCONNECT").hasSize(1);
    }

    @Test
    void halfAFrameProvesNothing() {
        byte[] frame = sealedState(1);
        for (int i = 0; i < 30; i++) {
            wire.pass(100);
            wire.give(wire.secondary, new byte[] {frame[i]});
            wire.secondary.session().tick(wire.now(wire.secondary));
        }
        assertThat(wire.secondary.ending().cause()).isEqualTo(Cause.SILENT);
    }

    @Test
    void aPlannedEndIsSaid() {
        wire.primary.session().close(Cause.STOPPED, "the server stops", wire.now(wire.primary));
        wire.deliver();

        assertThat(wire.secondary.ending().cause()).isEqualTo(Cause.CLOSED);
        assertThat(wire.secondary.ending().text()).contains("the server stops");
    }

    @Test
    void aDroppedOneEndsWithoutAWord() {
        wire.primary.session().drop("the partner stands no other way", wire.now(wire.primary));

        assertThat(wire.primary.ending().cause()).isEqualTo(Cause.RENEWED);
        assertThat(wire.primary.sent).isEmpty();
    }

    @Test
    void nothingIsSentOrHeardAfterTheEnd() {
        byte[] late = sealedState(1);
        wire.secondary.session().drop("", wire.now(wire.secondary));
        wire.give(wire.secondary, late);
        wire.secondary.session().send(state(2), wire.now(wire.secondary));
        wire.pass(60_000);
        wire.secondary.session().tick(wire.now(wire.secondary));

        assertThat(wire.secondary.heard).isEmpty();
        assertThat(wire.secondary.sent).isEmpty();
    }

    @Test
    void aClockThatIsSetForwardEndsItAtOnce() {
        wire.primary.skew = 6;
        wire.run(1000);

        assertThat(wire.secondary.ending().cause()).isEqualTo(Cause.CLOCKS);
        assertThat(wire.secondary.ending().text()).contains("6 s ahead");
    }

    @Test
    void aClockThatIsSetBackIsAheadForTheOther() {
        wire.primary.skew = -6;
        wire.run(1000);

        assertThat(wire.primary.ending().cause()).isEqualTo(Cause.CLOCKS);
        assertThat(wire.primary.ending().text()).contains("6 s ahead");
    }

    @Test
    void aMessageThatWasHeldBackIsNoChangeOfAClock() {
        byte[] late = sealedState(1);
        wire.pass(2500);
        wire.give(wire.secondary, late);
        wire.run(20_000);

        assertThat(wire.secondary.ending).isNull();
    }

    @Test
    void secretsChangeInThreeStepsWithoutABreak() {
        var next = Secrets.of("battery staple");
        var both = Secrets.of("correct horse", "battery staple");
        var turned = Secrets.of("battery staple", "correct horse");
        for (var secrets : List.of(both, turned, next)) {
            wire.primary.session().use(Wire.terms(ServerRole.Primary, secrets), wire.now(wire.primary));
            wire.run(5000);
            wire.secondary.session().use(Wire.terms(ServerRole.Secondary, secrets), wire.now(wire.secondary));
            wire.run(5000);
        }
        wire.primary.session().send(state(1), wire.now(wire.primary));
        wire.deliver();

        assertThat(wire.secondary.heard).hasSize(1);
    }

    @Test
    void aConnectWithinASessionEndsIt() {
        Wire plain = Wire.linked(null);
        Wire other = Wire.of(Wire.terms(ServerRole.Primary, null), Wire.terms(ServerRole.Secondary, null));
        plain.give(plain.secondary, other.primary.sent.remove());

        assertThat(plain.secondary.ending().cause()).isEqualTo(Cause.BROKEN);
        assertThat(reason(plain.secondary.sent.remove())).isEqualTo(RejectReason.MISCELLANEOUS);
    }

    @Test
    void aFrameThatIsNoMessageEndsIt() {
        Wire plain = Wire.linked(null);
        plain.give(plain.secondary, new byte[] {0, 12, 99, 12, 0, 0, 0, 1, 0, 0, 0, 1});

        assertThat(plain.secondary.ending().cause()).isEqualTo(Cause.BROKEN);
    }

    @Test
    void aTypeThatALaterVersionMayHaveIsPassedOver() {
        Wire plain = Wire.linked(null);
        plain.give(plain.secondary, new byte[] {0, 12, (byte) 200, 12, 0, 0, 0, 1, 0, 0, 0, 1});

        assertThat(plain.secondary.ending).isNull();
        assertThat(plain.secondary.heard).isEmpty();
    }

    static RejectReason reason(byte[] frame) {
        assertThat(MessageDecoder.decode(frame, Dialect.NATIVE)).isInstanceOf(Decoded.Accepted.class);
        Message message = ((Decoded.Accepted) MessageDecoder.decode(frame, Dialect.NATIVE)).message();
        return switch (message) {
            case Message.Disconnect disconnect -> disconnect.reason();
            case Message.ConnectAck ack when ack.refusal() != null -> ack.refusal();
            default -> throw new AssertionError(message + " refuses nothing");
        };
    }
}
