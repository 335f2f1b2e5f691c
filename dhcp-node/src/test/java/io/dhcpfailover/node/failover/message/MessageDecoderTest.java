package io.dhcpfailover.node.failover.message;

import static io.dhcpfailover.node.failover.message.Frames.changed;
import static io.dhcpfailover.node.failover.message.Frames.frame;
import static io.dhcpfailover.node.failover.message.Frames.message;
import static io.dhcpfailover.node.failover.message.Frames.option;
import static io.dhcpfailover.node.failover.message.Frames.refusal;
import static io.dhcpfailover.node.failover.message.Frames.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.Decoded.Reason;
import io.dhcpfailover.node.failover.message.Message.Connect;
import io.dhcpfailover.node.failover.message.Message.ConnectAck;
import io.dhcpfailover.node.failover.message.Message.Disconnect;
import io.dhcpfailover.node.failover.message.Message.State;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a partner may get wrong or do otherwise, in the header and in all messages but those about bindings. */
class MessageDecoderTest {

    private static final byte[] STATE = Recordings.of("state normal");

    @Test
    void optionsBeginAfterTheHeaderWhereTheHeaderSaysEightAsTheTextOfTheDraft() {
        assertThat(message(with(STATE, 3, 8))).isEqualTo(message(STATE));
    }

    @Test
    void optionsMayBeginLater() {
        byte[] frame = frame(10, "ffff0000", option(24, "02"), option(23, "00"), option(25, "00000000"));

        assertThat(message(with(frame, 3, 16))).isInstanceOf(State.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 9, 11, 31, 255})
    void anyOtherPlaceOfTheOptionsIsRefused(int payload) {
        assertThat(refusal(with(STATE, 3, payload))).isEqualTo(Reason.PAYLOAD_OFFSET);
    }

    @ParameterizedTest
    @CsvSource({
        "0,UNKNOWN_TYPE,true",
        "13,UNKNOWN_TYPE,true",
        "127,UNKNOWN_TYPE,true",
        "128,IGNORED_TYPE,false",
        "255,IGNORED_TYPE,false"
    })
    void anUnknownTypeClosesTheLinkBelow128AndIsIgnoredFromThereOn(int type, Reason reason, boolean closes) {
        assertThat(refusal(frame(type))).isEqualTo(reason);
        assertThat(reason.closesLink()).isEqualTo(closes);
    }

    @Test
    void aRefusalSaysTypeAndHeaderSoThatItCanBeAnswered() {
        Decoded decoded = MessageDecoder.decode(changed("connect", 15, null), Dialect.DRAFT12);

        assertThat(decoded).isInstanceOfSatisfying(Decoded.Refused.class, refused -> {
            assertThat(refused.type()).isEqualTo(MessageType.CONNECT);
            assertThat(refused.header()).isEqualTo(new Header(1, 2));
        });
    }

    @Test
    void timeAndNumberAreUnsigned() {
        byte[] frame = frame(11);
        Arrays.fill(frame, 4, 12, (byte) 0xFF);

        assertThat(message(frame).header()).isEqualTo(new Header(0xFFFF_FFFFL, 0xFFFF_FFFFL));
    }

    @Test
    void aFrameIsAsLongAsItSays() {
        assertThat(refusal(with(STATE, 1, STATE.length - 1))).isEqualTo(Reason.LENGTH_DIFFERS);
    }

    @Test
    void aFrameOfTheDraftIsNoLongerThan2048Octets() {
        byte[] frame = frame(11, option(99, "00".repeat(2033)));

        assertThat(frame).hasSize(2049);
        assertThat(refusal(frame)).isEqualTo(Reason.TOO_LONG);
        assertThat(message(frame, Dialect.NATIVE)).isInstanceOf(Message.Contact.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 9, 10, 30, 31, 41, 65535})
    void anOptionThatIsNotReadIsSkippedHoweverOftenItComes(int code) {
        byte[] frame = frame(
                10,
                option(code, "01"),
                option(24, "02"),
                option(23, "00"),
                option(code, "0102"),
                option(25, "00000000"),
                option(code, ""));

        assertThat(message(frame)).isInstanceOf(State.class);
    }

    @Test
    void anOptionOfAnotherMessageIsSkippedWhateverItsSize() {
        byte[] frame = frame(
                10, option(15, "01"), option(24, "02"), option(15, "0102"), option(23, "00"), option(25, "00000000"));

        assertThat(message(frame)).isInstanceOf(State.class);
    }

    @Test
    void anOptionThatComesTwiceClosesTheLink() {
        byte[] frame = frame(10, option(24, "02"), option(24, "02"), option(23, "00"), option(25, "00000000"));

        assertThat(refusal(frame)).isEqualTo(Reason.OPTION_REPEATED);
    }

    @Test
    void theOrderOfOptionsIsFree() {
        byte[] frame = frame(10, option(25, "00000000"), option(23, "01"), option(24, "fe"));

        assertThat(message(frame)).isEqualTo(new State(new Header(1, 2), ServerState.RECOVER_WAIT, true, 0));
    }

    @Test
    void anOptionLongerThanTheFrameClosesTheLink() {
        assertThat(refusal(frame(11, "0063 0001"))).isEqualTo(Reason.OPTION_OVERRUN);
        assertThat(refusal(frame(11, "0063 00"))).isEqualTo(Reason.OPTION_OVERRUN);
        assertThat(refusal(frame(11, "0063 ffff 00"))).isEqualTo(Reason.OPTION_OVERRUN);
    }

    @ParameterizedTest
    @CsvSource({
        "state normal,24",
        "state normal,23",
        "state normal,25",
        "poolresp 6,1",
        "connect,14",
        "connect,19",
        "connectack,14",
        "connectack,19"
    })
    void withoutWhatItIsAboutAMessageIsRefused(String recording, int code) {
        assertThat(refusal(changed(recording, code, null))).isEqualTo(Reason.OPTION_MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "state normal,24,0202",
        "state normal,23,''",
        "state normal,25,010203",
        "poolresp 6,1,0000000000",
        "connect,14,01",
        "connect,19,00000000ff",
        "connect,20,0101",
        "connect,27,''",
        "connect,15,00",
        "connectack,26,0000",
        "'connectack, refused 4',21,0000",
        "disconnect 8,21,''"
    })
    void aValueOfAnotherSizeClosesTheLink(String recording, int code, String value) {
        assertThat(refusal(changed(recording, code, value))).isEqualTo(Reason.OPTION_SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "01", "0c", "fd", "ff"})
    void aStateThatIsNoneIsRefusedAndStartupIsNone(String state) {
        assertThat(refusal(changed("state normal", 24, state))).isEqualTo(Reason.OPTION_VALUE);
    }

    @Test
    void ofTheServerFlagsOnlyStartupCounts() {
        assertThat(message(changed("state normal", 23, "fe")))
                .isInstanceOfSatisfying(
                        State.class, state -> assertThat(state.startup()).isFalse());
        assertThat(message(changed("state normal", 23, "ff")))
                .isInstanceOfSatisfying(
                        State.class, state -> assertThat(state.startup()).isTrue());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "22,-,RELATIONSHIP_NAME,INVALID_PARTNER",
                "22,'',RELATIONSHIP_NAME,INVALID_PARTNER",
                "22,6100,RELATIONSHIP_NAME,INVALID_PARTNER",
                "22,ff,RELATIONSHIP_NAME,INVALID_PARTNER",
                "20,02,PROTOCOL_VERSION,PROTOCOL_VERSION_MISMATCH",
                "15,-,MCLT,INVALID_MCLT",
                "15,00000000,MCLT,INVALID_MCLT",
                "11,-,HASH_BUCKETS,HASH_BUCKET_CONFLICT",
                "11,ffff,HASH_BUCKETS,HASH_BUCKET_CONFLICT",
                "14,00000000,OPTION_VALUE,MISCELLANEOUS",
                "19,00000002,OPTION_VALUE,MISCELLANEOUS",
                "27,03,OPTION_VALUE,MISCELLANEOUS"
            })
    void aConnectIsRefusedForTheReasonThatTheDraftHasForIt(
            int code, @Nullable String value, Reason reason, RejectReason rejectReason) {
        assertThat(refusal(changed("connect", code, value))).isEqualTo(reason);
        assertThat(reason.rejectReason()).isEqualTo(rejectReason);
        assertThat(reason.closesLink()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 27, 28})
    void aConnectNeedNotSayWhatChangesNothing(int code) {
        assertThat(message(changed("connect", code, null))).isInstanceOf(Connect.class);
    }

    @Test
    void aConnectAckThatRefusesSaysWhyWhateverElseItLeavesOut() {
        byte[] frame = frame(6, option(21, "05"));

        assertThat(message(frame)).isInstanceOfSatisfying(ConnectAck.class, ack -> {
            assertThat(ack.refusal()).isEqualTo(RejectReason.INVALID_MCLT);
            assertThat(ack.relationshipName()).isEmpty();
            assertThat(ack.parameters()).isNull();
            assertThat(ack.message()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "16", "fd", "ff"})
    void aReasonThatIsNoneIsUnknown(String reason) {
        assertThat(message(changed("disconnect 8", 21, reason)))
                .isInstanceOfSatisfying(
                        Disconnect.class,
                        message -> assertThat(message.reason()).isEqualTo(RejectReason.UNKNOWN));
    }

    @Test
    void aDisconnectNeedNotSayWhy() {
        assertThat(message(frame(12))).isEqualTo(new Disconnect(new Header(1, 2), RejectReason.UNKNOWN, null));
    }

    @Test
    void aTextControlsNoTerminalAndHasAnEnd() {
        assertThat(message(changed("disconnect 8", 16, "1b5b324a 0a 41 9b")))
                .isInstanceOfSatisfying(
                        Disconnect.class,
                        message -> assertThat(message.message()).isEqualTo("?[2J?A?"));
        assertThat(message(changed("disconnect 8", 16, "41".repeat(1000))))
                .isInstanceOfSatisfying(
                        Disconnect.class,
                        message -> assertThat(message.message()).hasSize(255));
    }

    @Test
    void aDigestBehindOtherOptionsIsRefusedForNobodyLooksAtIt() {
        String digest = option(17, "02" + "00".repeat(32));

        assertThat(message(frame(11, digest))).isInstanceOf(Message.Contact.class);
        assertThat(refusal(frame(11, option(99, ""), digest))).isEqualTo(Reason.DIGEST_MISPLACED);
        assertThat(refusal(frame(11, digest, digest))).isEqualTo(Reason.DIGEST_MISPLACED);
    }

    @Test
    void theExtensionOfALaterVersionIsReadAsFarAsItIsKnown() {
        String nonce = "11".repeat(16);
        String vendorClass = "6468637066 61696c6f766572";
        String extension = "00070001ff" + "00010004ffffffff" + "00020010" + nonce;
        byte[] connect = Recordings.of("connect");
        byte[] own = changed("connect", 28, vendorClass);
        byte[] extended = Arrays.copyOf(own, own.length);

        assertThat(message(withOption(extended, 29, extension)))
                .isInstanceOfSatisfying(
                        Connect.class,
                        message -> assertThat(message.extension())
                                .isEqualTo(new Extension(
                                        EnumSet.allOf(Extension.Feature.class),
                                        Octets.of(HexFormat.of().parseHex(nonce)))));
        assertThat(message(withOption(connect, 29, extension)))
                .isInstanceOfSatisfying(
                        Connect.class,
                        message -> assertThat(message.extension()).isNull());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00010004ffffffff",
                "0001000411",
                "00010004ffffffff0002001011",
                "00010004ffffffff00020001 11",
                "00020010 11111111111111111111111111111111"
            })
    void anExtensionThatIsNoneIsIgnored(String extension) {
        byte[] own = changed("connect", 28, "6468637066 61696c6f766572");

        assertThat(message(withOption(own, 29, extension)))
                .isInstanceOfSatisfying(
                        Connect.class,
                        message -> assertThat(message.extension()).isNull());
    }

    private static byte[] withOption(byte[] frame, int code, String value) {
        String options = HexFormat.of().formatHex(frame, Header.LENGTH, frame.length);
        return frame(frame[2], options, option(code, value));
    }
}
