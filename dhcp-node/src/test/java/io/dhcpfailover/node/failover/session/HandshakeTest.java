package io.dhcpfailover.node.failover.session;

import static io.dhcpfailover.node.failover.session.SessionTest.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.Decoded;
import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.failover.message.Header;
import io.dhcpfailover.node.failover.message.LinkParameters;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.Message.Connect;
import io.dhcpfailover.node.failover.message.Message.ConnectAck;
import io.dhcpfailover.node.failover.message.MessageDecoder;
import io.dhcpfailover.node.failover.message.MessageEncoder;
import io.dhcpfailover.node.failover.message.Octets;
import io.dhcpfailover.node.failover.message.RejectReason;
import io.dhcpfailover.node.failover.message.Secrets;
import io.dhcpfailover.node.failover.session.Ending.Cause;
import org.junit.jupiter.api.Test;

/** CONNECT and CONNECTACK: who is let in, who is refused, and with which words. */
class HandshakeTest {

    private static final Terms PRIMARY = Wire.terms(ServerRole.Primary, Wire.SECRET);
    private static final Terms SECONDARY = Wire.terms(ServerRole.Secondary, Wire.SECRET);

    private static Connect connect(byte[] frame) {
        return (Connect) ((Decoded.Accepted) MessageDecoder.decode(frame, Dialect.DRAFT12)).message();
    }

    private static Agreement agreement(Wire.End end) {
        assertThat(end.agreement).isNotNull();
        return end.agreement;
    }

    @Test
    void twoServersOfThisProjectAgree() {
        Wire wire = Wire.linked(Wire.SECRET);

        assertThat(agreement(wire.primary)).isEqualTo(agreement(wire.secondary)).satisfies(agreed -> {
            assertThat(agreed.relationship()).isEqualTo("pair");
            assertThat(agreed.dialect()).isEqualTo(Dialect.NATIVE);
            assertThat(agreed.unackedUpdatesMax()).isEqualTo(1024);
            assertThat(agreed.receiveSeconds()).isEqualTo(3);
            assertThat(agreed.skewSeconds()).isZero();
            assertThat(agreed.warnings()).isEmpty();
        });
    }

    @Test
    void theyAgreeWithoutASecretToo() {
        Wire wire = Wire.linked(null);

        assertThat(agreement(wire.primary).dialect()).isEqualTo(Dialect.NATIVE);
        assertThat(agreement(wire.secondary).dialect()).isEqualTo(Dialect.NATIVE);
    }

    @Test
    void aRepeatedConnectBeginsNothing() {
        Wire wire = Wire.of(PRIMARY, SECONDARY);
        byte[] recorded = wire.primary.sent.remove();
        wire.give(wire.secondary, recorded);

        assertThat(wire.secondary.sent).as("a CONNECTACK").hasSize(1);
        assertThat(wire.secondary.agreement).as("nothing has begun").isNull();
        wire.pass(Session.HANDSHAKE_MILLIS);
        wire.secondary.session().tick(wire.now(wire.secondary));
        assertThat(wire.secondary.ending().cause()).isEqualTo(Cause.LATE);
        assertThat(wire.secondary.ending().began()).isFalse();
    }

    @Test
    void aRepeatedSessionFailsAtTheFirstFrameAfterItsConnect() {
        Wire recorded = Wire.of(PRIMARY, SECONDARY);
        byte[] connect = recorded.primary.sent.remove();
        recorded.give(recorded.secondary, connect);
        recorded.give(recorded.primary, recorded.secondary.sent.remove());
        byte[] contact = recorded.primary.sent.remove();

        Wire replay = new Wire();
        replay.secondary.awaited.add(SECONDARY);
        replay.secondary.session =
                Session.accepting(replay.secondary, Wire.nonce(3), replay.now(replay.secondary), replay.secondary);
        replay.give(replay.secondary, connect);
        replay.give(replay.secondary, contact);

        assertThat(replay.secondary.agreement).isNull();
        assertThat(replay.secondary.ending().cause()).isEqualTo(Cause.NOT_AUTHENTIC);
    }

    @Test
    void anAnswerToAnotherConnectIsNone() {
        Wire recorded = Wire.of(PRIMARY, SECONDARY);
        recorded.give(recorded.secondary, recorded.primary.sent.remove());
        byte[] answer = recorded.secondary.sent.remove();

        Wire replay = new Wire();
        replay.primary.session = Session.connecting(PRIMARY, Wire.nonce(9), replay.now(replay.primary), replay.primary);
        replay.give(replay.primary, answer);

        assertThat(replay.primary.agreement).isNull();
        assertThat(replay.primary.ending().cause()).isEqualTo(Cause.NOT_AUTHENTIC);
    }

    @Test
    void whoHasAnotherSecretGetsNoAnswer() {
        Wire wire = Wire.of(Wire.terms(ServerRole.Primary, Secrets.of("a guess")), SECONDARY);
        wire.deliver();

        assertThat(wire.secondary.ending().cause()).isEqualTo(Cause.NOT_AUTHENTIC);
        assertThat(wire.secondary.ending().text()).contains("Secrets of the two servers differ");
        assertThat(wire.primary.agreement).isNull();
        assertThat(wire.primary.sent).isEmpty();
    }

    @Test
    void whoHasNoSecretGetsNoAnswer() {
        Wire wire = Wire.of(Wire.terms(ServerRole.Primary, null), SECONDARY);
        wire.deliver();

        assertThat(wire.secondary.ending().text()).contains("without a digest");
        assertThat(wire.secondary.sent).isEmpty();
    }

    @Test
    void whoHasASecretIsNotHeardWhereThereIsNone() {
        Wire wire = Wire.of(PRIMARY, Wire.terms(ServerRole.Secondary, null));
        wire.deliver();

        assertThat(wire.secondary.ending().text()).contains("messageAuthentication is off here");
    }

    @Test
    void theSecretFindsTheRelationshipAmongSeveral() {
        Terms other = new Terms(
                Wire.relationship("other", ServerRole.Secondary, PartnerKind.NATIVE), Secrets.of("other secret"));
        Wire wire = Wire.of(PRIMARY, other, SECONDARY);
        wire.deliver();

        assertThat(agreement(wire.secondary).relationship()).isEqualTo("pair");
    }

    @Test
    void theSecretOfOneRelationshipOpensNoOther() {
        Terms other = new Terms(
                Wire.relationship("other", ServerRole.Secondary, PartnerKind.NATIVE), Secrets.of("other secret"));
        Terms impostor = new Terms(
                Wire.relationship("pair", ServerRole.Primary, PartnerKind.NATIVE), Secrets.of("other secret"));
        Wire wire = Wire.of(impostor, other, SECONDARY);
        wire.deliver();

        assertThat(wire.secondary.agreement).isNull();
        assertThat(wire.primary.ending().text()).contains("INVALID_PARTNER");
    }

    @Test
    void aRelationshipThatIsNotKnownIsRefused() {
        Terms other = new Terms(Wire.relationship("other", ServerRole.Primary, PartnerKind.NATIVE), Wire.SECRET);
        Wire wire = Wire.of(other, SECONDARY);
        wire.deliver();

        assertThat(wire.primary.ending().cause()).isEqualTo(Cause.REFUSED);
        assertThat(wire.primary.ending().text()).contains("INVALID_PARTNER", "the same manifests");
        assertThat(wire.secondary.ending().cause()).isEqualTo(Cause.REFUSED);
    }

    @Test
    void aSecondSessionIsRefusedAndTheFirstStays() {
        Wire wire = new Wire();
        wire.secondary.awaited.add(SECONDARY);
        wire.secondary.linked.add("pair");
        wire.connect(PRIMARY);
        wire.deliver();

        assertThat(wire.primary.ending().cause()).isEqualTo(Cause.DUPLICATE);
        assertThat(wire.secondary.ending().cause()).isEqualTo(Cause.DUPLICATE);
    }

    @Test
    void ofTwoConnectsTheFirstThatIsProvedWins() {
        Wire wire = Wire.of(PRIMARY, SECONDARY);
        wire.give(wire.secondary, wire.primary.sent.remove());
        wire.give(wire.primary, wire.secondary.sent.remove());
        wire.secondary.linked.add("pair");
        wire.deliver();

        assertThat(wire.secondary.agreement).isNull();
        assertThat(wire.secondary.ending().cause()).isEqualTo(Cause.DUPLICATE);
    }

    @Test
    void clocksAMinuteApartAreBorneWithAWarning() {
        Wire wire = new Wire();
        wire.secondary.awaited.add(SECONDARY);
        wire.primary.skew = 60;
        wire.connect(PRIMARY);
        wire.deliver();

        assertThat(agreement(wire.secondary).skewSeconds()).isEqualTo(60);
        assertThat(agreement(wire.primary).skewSeconds()).isEqualTo(-60);
        assertThat(agreement(wire.primary).warnings())
                .singleElement()
                .asString()
                .contains("60 s behind", "NTP");
    }

    @Test
    void clocksFurtherApartAreRefusedWithTheMeasuredSkew() {
        for (long skew : new long[] {61, -61}) {
            Wire wire = new Wire();
            wire.secondary.awaited.add(SECONDARY);
            wire.primary.skew = skew;
            wire.connect(PRIMARY);
            wire.deliver();

            assertThat(wire.secondary.agreement).isNull();
            assertThat(wire.secondary.ending().cause()).isEqualTo(Cause.CLOCKS);
            assertThat(wire.secondary.ending().text()).contains(skew < 0 ? "61 s behind" : "61 s ahead of", "NTP");
            assertThat(wire.primary.ending().cause()).isEqualTo(Cause.CLOCKS);
        }
    }

    @Test
    void thePrimaryChecksTheClockOfTheAnswerItself() {
        Wire wire = Wire.of(Wire.isc(ServerRole.Primary));
        Connect connect = connect(wire.primary.sent.remove());
        wire.give(wire.primary, acknowledgement(connect, wire.now(wire.primary).time() + 61));

        assertThat(wire.primary.ending().cause()).isEqualTo(Cause.CLOCKS);
    }

    @Test
    void whereIscDhcpdRefusesAClockTheMeasuredSkewIsNamed() {
        Wire wire = Wire.of(Wire.isc(ServerRole.Primary));
        Connect connect = connect(wire.primary.sent.remove());
        wire.give(
                wire.primary,
                MessageEncoder.encode(
                        new ConnectAck(
                                new Header(
                                        wire.now(wire.primary).time() - 62,
                                        connect.header().xid()),
                                connect.relationshipName(),
                                new LinkParameters(10, 12),
                                "isc-4.4.3-P1",
                                0,
                                RejectReason.TIME_MISMATCH,
                                "time offset too large",
                                null),
                        Dialect.DRAFT12));

        assertThat(wire.primary.ending().cause()).isEqualTo(Cause.CLOCKS);
        assertThat(wire.primary.ending().text()).contains("62 s behind", "NTP");
    }

    private static byte[] acknowledgement(Connect connect, long time) {
        return MessageEncoder.encode(
                ConnectAck.accept(
                        new Header(time, connect.header().xid()),
                        connect.relationshipName(),
                        new LinkParameters(10, 12),
                        "isc-4.4.3-P1",
                        0,
                        null),
                Dialect.DRAFT12);
    }

    @Test
    void iscDhcpdAsSecondaryIsConnectedTo() {
        Wire wire = Wire.of(Wire.isc(ServerRole.Primary));
        Connect connect = connect(wire.primary.sent.remove());
        assertThat(connect.extension()).isNull();
        assertThat(connect.parameters()).isEqualTo(new LinkParameters(10, 3));
        assertThat(connect.mclt()).isEqualTo(3600);
        wire.give(wire.primary, acknowledgement(connect, wire.now(wire.primary).time()));

        assertThat(agreement(wire.primary).dialect()).isEqualTo(Dialect.DRAFT12);
        assertThat(agreement(wire.primary).unackedUpdatesMax()).isEqualTo(10);
        assertThat(wire.primary.sent)
                .as("ISC dhcpd waits for a STATE, and for nothing before it")
                .isEmpty();
    }

    @Test
    void itsReceiveTimerSaysHowOftenItIsToHearOfUs() {
        Relationship slow = new Relationship(
                "pair", ServerRole.Primary, PartnerKind.ISC, Mode.LoadBalance, 50, 5, 3600, 0, true, 3, 60_000);
        Wire wire = Wire.of(new Terms(slow, null));
        Connect connect = connect(wire.primary.sent.remove());
        wire.give(wire.primary, acknowledgement(connect, wire.now(wire.primary).time()));
        wire.pass(3999);
        wire.primary.session().tick(wire.now(wire.primary));
        assertThat(wire.primary.sent).isEmpty();
        wire.pass(1);
        wire.primary.session().tick(wire.now(wire.primary));

        assertThat(wire.primary.sent).as("CONTACT after a third of 12 s").hasSize(1);
    }

    /** A CONNECT as ISC dhcpd writes it. */
    private static byte[] ofIsc(long time, long mclt) {
        return MessageEncoder.encode(
                new Connect(
                        new Header(time, 0),
                        "pair",
                        new LinkParameters(10, 12),
                        "isc-4.4.3-P1",
                        0,
                        mclt,
                        Octets.of(Wire.isc(ServerRole.Secondary)
                                .relationship()
                                .buckets()
                                .octets()),
                        null),
                Dialect.DRAFT12);
    }

    private static Wire waitingForIsc() {
        Wire wire = new Wire();
        wire.secondary.awaited.add(Wire.isc(ServerRole.Secondary));
        wire.secondary.session =
                Session.accepting(wire.secondary, Wire.nonce(2), wire.now(wire.secondary), wire.secondary);
        return wire;
    }

    @Test
    void iscDhcpdAsPrimaryIsAnswered() {
        Wire wire = waitingForIsc();
        wire.give(wire.secondary, ofIsc(wire.now(wire.secondary).time(), 3600));

        assertThat(agreement(wire.secondary).dialect()).isEqualTo(Dialect.DRAFT12);
        assertThat(wire.secondary.sent).hasSize(1);
    }

    @Test
    void anotherMcltThanIscDhcpdsIsNoBasis() {
        Wire wire = waitingForIsc();
        wire.give(wire.secondary, ofIsc(wire.now(wire.secondary).time(), 60));

        assertThat(reason(wire.secondary.sent.remove())).isEqualTo(RejectReason.INVALID_MCLT);
        assertThat(wire.secondary.ending().text()).contains("60 s", "3600 s", "make them equal");
    }

    @Test
    void aServerOfTheDraftIsRefusedWhereOneOfThisProjectIsMeant() {
        Wire wire = new Wire();
        wire.secondary.awaited.add(Wire.terms(ServerRole.Secondary, null));
        wire.secondary.session =
                Session.accepting(wire.secondary, Wire.nonce(2), wire.now(wire.secondary), wire.secondary);
        wire.give(wire.secondary, ofIsc(wire.now(wire.secondary).time(), 3600));

        assertThat(reason(wire.secondary.sent.remove())).isEqualTo(RejectReason.INVALID_PARTNER);
        assertThat(wire.secondary.ending().text()).contains("external.protocol Draft12");
    }

    @Test
    void aServerOfThisProjectIsRefusedWhereOneOfTheDraftIsMeant() {
        Wire wire = Wire.of(Wire.terms(ServerRole.Primary, null), Wire.isc(ServerRole.Secondary));
        wire.deliver();

        assertThat(wire.secondary.ending().text()).contains("external.protocol", "Native");
        assertThat(wire.primary.ending().cause()).isEqualTo(Cause.REFUSED);
    }

    @Test
    void tlsIsRefusedOnlyWhereItMustBe() {
        Wire wire = waitingForIsc();
        Connect plain = connect(ofIsc(wire.now(wire.secondary).time(), 3600));
        Connect must = new Connect(
                plain.header(),
                plain.relationshipName(),
                plain.parameters(),
                plain.vendorClass(),
                2,
                plain.mclt(),
                plain.hashBuckets(),
                null);
        wire.give(wire.secondary, MessageEncoder.encode(must, Dialect.DRAFT12));

        assertThat(reason(wire.secondary.sent.remove())).isEqualTo(RejectReason.TLS_NOT_SUPPORTED);
    }

    @Test
    void aPartnerThatSharesClientsOtherwiseIsWarnedOf() {
        Relationship other = new Relationship(
                "pair", ServerRole.Primary, PartnerKind.NATIVE, Mode.LoadBalance, 70, 5, 60, 0, true, 3, 1000);
        Wire wire = Wire.of(new Terms(other, Wire.SECRET), SECONDARY);
        wire.deliver();

        assertThat(agreement(wire.secondary).warnings())
                .hasSize(2)
                .anyMatch(warning -> warning.contains("maxClientLeadTime is 60 s"))
                .anyMatch(warning -> warning.contains("percentage"));
    }

    @Test
    void nothingWithinFiveSecondsEndsIt() {
        Wire wire = Wire.of(PRIMARY, SECONDARY);
        wire.pass(4999);
        wire.tick();
        assertThat(wire.primary.ending).isNull();
        wire.pass(1);
        wire.tick();

        assertThat(wire.primary.ending().cause()).isEqualTo(Cause.LATE);
        assertThat(wire.secondary.ending().cause()).isEqualTo(Cause.LATE);
    }

    @Test
    void anythingElseThanAConnectFirstEndsIt() {
        Wire wire = waitingForIsc();
        wire.give(
                wire.secondary,
                MessageEncoder.encode(
                        new Message.State(new Header(wire.now(wire.secondary).time(), 1), ServerState.NORMAL, false, 1),
                        Dialect.DRAFT12));

        assertThat(wire.secondary.ending().cause()).isEqualTo(Cause.BROKEN);
        assertThat(wire.secondary.heard).isEmpty();
    }

    @Test
    void whatASessionBeganWithChangesItOnlyByANewOne() {
        Relationship now = Wire.terms(ServerRole.Primary, null).relationship();
        Relationship slower = new Relationship(
                "pair", ServerRole.Primary, PartnerKind.NATIVE, Mode.LoadBalance, 50, 5, 3600, 0, true, 3, 2000);
        Relationship other = new Relationship(
                "pair", ServerRole.Primary, PartnerKind.NATIVE, Mode.HotStandby, 100, 10, 60, 60, true, 5, 1000);

        assertThat(new Terms(now, null).goOnWith(new Terms(slower, null))).isFalse();
        assertThat(new Terms(now, null).goOnWith(new Terms(other, null))).isTrue();
        assertThat(new Terms(now, null).goOnWith(new Terms(now, Wire.SECRET))).isFalse();
        Relationship isc = Wire.isc(ServerRole.Primary).relationship();
        Relationship changed = new Relationship(
                "pair", ServerRole.Primary, PartnerKind.ISC, Mode.LoadBalance, 60, 5, 3600, 0, true, 3, 1000);
        assertThat(new Terms(isc, null).goOnWith(new Terms(changed, null)))
                .as("ISC dhcpd hears of it by CONNECT alone")
                .isFalse();
    }
}
