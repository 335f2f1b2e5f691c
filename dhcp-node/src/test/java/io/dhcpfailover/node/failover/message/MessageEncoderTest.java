package io.dhcpfailover.node.failover.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.Message.BindingAcknowledgement;
import io.dhcpfailover.node.failover.message.Message.BindingUpdates;
import io.dhcpfailover.node.failover.message.Message.Connect;
import io.dhcpfailover.node.failover.message.Message.Disconnect;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.Options;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is sent keeps to what ISC dhcpd 4.4.3 takes. */
class MessageEncoderTest {

    private static final Header HEADER = new Header(1, 2);
    private static final int SEEDS = 3000;

    @Test
    void optionsBeginAtTwelve() {
        Seeds.forEach(SEEDS, random -> {
            for (Dialect dialect : Dialect.values()) {
                byte[] frame = MessageEncoder.encode(new RandomMessages(random, dialect).message(), dialect);

                assertThat(frame[3]).isEqualTo((byte) 12);
            }
        });
    }

    @Test
    void noTypeAboveTwelveAndNoDdnsAndNoOptionTwiceAreSentToServersOfTheDraft() {
        Seeds.forEach(SEEDS, random -> {
            Message message = new RandomMessages(random, Dialect.DRAFT12).message();
            if (message instanceof BindingAcknowledgement) {
                return;
            }
            byte[] frame = MessageEncoder.encode(message, Dialect.DRAFT12);

            List<Integer> codes = codes(frame);
            assertThat(frame[2]).isBetween((byte) 1, (byte) 12);
            assertThat(codes).doesNotHaveDuplicates().doesNotContain(7, 8, 9, 17, 29);
        });
    }

    @Test
    void anUpdateAlwaysSaysItsTimesAndItsAddressAndItsStatusFirst() {
        Seeds.forEach(SEEDS, random -> {
            BindingUpdate update = new RandomMessages(random, Dialect.DRAFT12).update();
            byte[] frame = MessageEncoder.encode(new BindingUpdates(HEADER, List.of(update)), Dialect.DRAFT12);

            assertThat(codes(frame)).startsWith(2, 3).contains(13, 18, 25);
            assertThat(frame[24]).isBetween((byte) 1, (byte) 7);
            assertThat(codes(frame).contains(12)).isEqualTo(update.reserved() || update.bootp());
            assertThat(codes(frame).contains(6)).isEqualTo(update.clientLastTransaction() != 0);
        });
    }

    @Test
    void aServerOfTheDraftGetsOneUpdateInABndupd() {
        BindingUpdate update = update(Options.NONE);

        assertThat(MessageEncoder.fitting(List.of(update, update), Dialect.DRAFT12))
                .isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        MessageEncoder.encode(new BindingUpdates(HEADER, List.of(update, update)), Dialect.DRAFT12))
                .withMessageContaining("2 updates");
    }

    @Test
    void aBatchIsAsLongAsItsFrameAndEachOfItsUpdatesBeginsWithItsAddress() {
        List<BindingUpdate> small = Collections.nCopies(1000, update(Options.NONE));
        List<BindingUpdate> large = Collections.nCopies(
                1000, update(new Options.Builder().put(12, new byte[255]).build()));

        assertThat(MessageEncoder.fitting(small, Dialect.NATIVE)).isEqualTo(256);
        assertThat(MessageEncoder.fitting(large, Dialect.NATIVE)).isBetween(90, 120);
        assertThat(MessageEncoder.fitting(List.of(), Dialect.NATIVE)).isZero();
        byte[] frame = MessageEncoder.encode(new BindingUpdates(HEADER, small.subList(0, 2)), Dialect.NATIVE);
        assertThat(codes(frame)).containsExactly(2, 3, 5, 13, 18, 25, 2, 3, 5, 13, 18, 25);
    }

    @Test
    void aFrameThatIsTooLongIsNotMade() {
        BindingUpdate update =
                update(new Options.Builder().put(12, new byte[255]).build());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageEncoder.encode(
                        new BindingUpdates(HEADER, Collections.nCopies(256, update)), Dialect.NATIVE))
                .withMessageContaining("there is room for 32731");
    }

    @Test
    void whatClientsSayIsNotSentToServersOfTheDraft() {
        BindingUpdate update =
                update(new Options.Builder().put(12, new byte[] {'a'}).build());

        assertThat(codes(MessageEncoder.encode(new BindingUpdates(HEADER, List.of(update)), Dialect.DRAFT12)))
                .doesNotContain(8);
        assertThat(codes(MessageEncoder.encode(new BindingUpdates(HEADER, List.of(update)), Dialect.NATIVE)))
                .contains(8);
    }

    @Test
    void anAcknowledgementHoldsTheAddressAloneAndARefusalItsReasonToo() {
        Seeds.forEach(SEEDS, random -> {
            byte[] frame = MessageEncoder.encode(
                    new BindingAcknowledgement(
                            HEADER,
                            List.of(
                                    BindingAnswer.accepted(new Ipv4Address(random.nextInt())),
                                    BindingAnswer.refused(
                                            new Ipv4Address(random.nextInt()), RejectReason.FATAL_CONFLICT, "why"))),
                    Dialect.NATIVE);

            assertThat(codes(frame)).containsExactly(2, 2, 21, 16);
        });
    }

    @Test
    void everyBatchThatCanBeReadCanBeAnsweredWithoutItsTextsIfNeedBe() {
        for (Dialect dialect : Dialect.values()) {
            List<BindingAnswer> answers = Collections.nCopies(
                    dialect.receivedUpdatesMax(),
                    BindingAnswer.refused(new Ipv4Address(1), RejectReason.FATAL_CONFLICT, "x".repeat(255)));

            byte[] frame = MessageEncoder.encode(new BindingAcknowledgement(HEADER, answers), dialect);

            assertThat(Frames.message(frame, dialect))
                    .isInstanceOfSatisfying(
                            BindingAcknowledgement.class,
                            message -> assertThat(message.answers())
                                    .hasSize(dialect.receivedUpdatesMax())
                                    .allSatisfy(answer ->
                                            assertThat(answer.message()).isNull()));
        }
    }

    @Test
    void updatesThatWereRefusedAreNotSentOn() {
        BindingAnswer refused = BindingAnswer.accepted(new Ipv4Address(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageEncoder.encode(
                        new BindingUpdates(HEADER, List.of(update(Options.NONE)), List.of(refused)), Dialect.NATIVE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageEncoder.encode(new BindingUpdates(HEADER, List.of()), Dialect.NATIVE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageEncoder.encode(new BindingAcknowledgement(HEADER, List.of()), Dialect.NATIVE));
    }

    @Test
    void aTextIsCutAt255Characters() {
        byte[] frame = MessageEncoder.encode(
                new Disconnect(HEADER, RejectReason.MISCELLANEOUS, "x".repeat(5000)), Dialect.DRAFT12);

        assertThat(frame).hasSize(Header.LENGTH + 5 + 4 + 255);
    }

    @Test
    void aConnectThatIscDhcpdWouldNotTakeCannotBeMade() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkParameters(0, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkParameters(10, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> connect("", 3600, 32));
        assertThatIllegalArgumentException().isThrownBy(() -> connect("a\0", 3600, 32));
        assertThatIllegalArgumentException().isThrownBy(() -> connect("é".repeat(128), 3600, 32));
        assertThatIllegalArgumentException().isThrownBy(() -> connect("a", 0, 32));
        assertThatIllegalArgumentException().isThrownBy(() -> connect("a", 3600, 31));
        assertThat(codes(MessageEncoder.encode(connect("a", 3600, 32), Dialect.DRAFT12)))
                .containsExactly(22, 14, 19, 28, 20, 27, 15, 11);
    }

    private static Connect connect(String name, long mclt, int buckets) {
        return new Connect(HEADER, name, new LinkParameters(1, 3), "test", 0, mclt, Octets.of(new byte[buckets]), null);
    }

    private static BindingUpdate update(Options options) {
        return new BindingUpdate(
                Ipv4Address.parse("192.0.2.1"),
                BindingState.ACTIVE,
                false,
                false,
                null,
                HardwareAddress.of(MacAddress.parse("02:00:5e:00:53:01")),
                1,
                2,
                3,
                0,
                options);
    }

    private static List<Integer> codes(byte[] frame) {
        List<Integer> codes = new ArrayList<>();
        int place = Header.LENGTH;
        while (place < frame.length) {
            codes.add(((frame[place] & 0xFF) << 8) | (frame[place + 1] & 0xFF));
            place += 4 + (((frame[place + 2] & 0xFF) << 8) | (frame[place + 3] & 0xFF));
        }
        assertThat(place).isEqualTo(frame.length);
        return codes;
    }

    @Test
    void statesAndReasonsAndTypesHaveTheirNumbers() {
        Set<Integer> states = new HashSet<>();
        for (ServerState state : ServerState.values()) {
            assertThat(ServerState.ofCode(state.code())).isEqualTo(state);
            states.add(state.code());
        }
        assertThat(states).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 254);
        for (RejectReason reason : RejectReason.values()) {
            assertThat(RejectReason.ofCode(reason.code())).isEqualTo(reason);
        }
        assertThat(MessageType.UPDREQALL.code()).isEqualTo(7);
        assertThat(MessageType.UPDREQ.code()).isEqualTo(9);
    }
}
