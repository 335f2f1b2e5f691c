package io.dhcpfailover.node.failover.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.Message.BindingAcknowledgement;
import io.dhcpfailover.node.failover.message.Message.BindingUpdates;
import io.dhcpfailover.node.failover.message.Message.Connect;
import io.dhcpfailover.node.failover.message.Message.ConnectAck;
import io.dhcpfailover.node.failover.message.Message.Disconnect;
import io.dhcpfailover.node.failover.message.Message.PoolResponse;
import io.dhcpfailover.node.failover.message.Message.State;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.Options;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What ISC dhcpd 4.4.3 sends is understood, and written again octet by octet. */
class RecordingsTest {

    private static final LinkParameters PARAMETERS = new LinkParameters(10, 12);
    private static final String ISC = "isc-4.4.3-P1";
    private static final long START = 0x6b019770L;

    @ParameterizedTest
    @MethodSource("names")
    void isWrittenAgainOctetByOctet(String name) {
        byte[] frame = Recordings.of(name);

        assertThat(MessageEncoder.encode(Frames.message(frame), Dialect.DRAFT12))
                .isEqualTo(frame);
    }

    @ParameterizedTest
    @MethodSource("names")
    void cutShortAnywhereIsRefused(String name) {
        byte[] frame = Recordings.of(name);
        for (int length = 0; length < frame.length; length++) {
            assertThat(MessageDecoder.decode(Arrays.copyOf(frame, length), Dialect.DRAFT12))
                    .isInstanceOf(Decoded.Refused.class);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void cutShortWithALengthThatSaysSoNeverFails(String name) {
        byte[] frame = Recordings.of(name);
        for (int length = Header.LENGTH; length < frame.length; length++) {
            byte[] cut = Frames.with(Arrays.copyOf(frame, length), 1, length);

            assertThat(MessageDecoder.decode(cut, Dialect.DRAFT12)).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void withAnyOneOctetChangedNeverFails(String name) {
        byte[] frame = Recordings.of(name);
        for (int place = 0; place < frame.length; place++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = Frames.with(frame, place, value);
                for (Dialect dialect : Dialect.values()) {
                    assertThat(MessageDecoder.decode(changed, dialect)).isNotNull();
                }
            }
        }
    }

    static Stream<String> names() {
        return Recordings.all().keySet().stream();
    }

    @Test
    void allTwelveTypesWereRecorded() {
        Set<MessageType> types = Recordings.all().values().stream()
                .map(frame -> Frames.message(frame).type())
                .collect(Collectors.toSet());

        assertThat(types).containsExactlyInAnyOrder(MessageType.values());
    }

    @Test
    void theConnect() {
        assertThat(Frames.message(Recordings.of("connect")))
                .isEqualTo(new Connect(
                        new Header(START, 0),
                        "recorded",
                        PARAMETERS,
                        ISC,
                        0,
                        30,
                        octets("ff".repeat(16) + "00".repeat(16)),
                        null));
    }

    @ParameterizedTest
    @MethodSource
    void theConnectAck(String name, ConnectAck expected) {
        assertThat(Frames.message(Recordings.of(name))).isEqualTo(expected);
    }

    static Stream<Arguments> theConnectAck() {
        return Stream.of(
                Arguments.of(
                        "connectack", ConnectAck.accept(new Header(START, 0), "recorded", PARAMETERS, ISC, 0, null)),
                Arguments.of(
                        "connectack, refused 4",
                        refused(PARAMETERS, "recorded", RejectReason.TIME_MISMATCH, "time offset too large")),
                Arguments.of(
                        "connectack, refused 8",
                        refused(null, "zzz", RejectReason.INVALID_PARTNER, "unknown failover relationship name")),
                Arguments.of(
                        "connectack, refused 18",
                        refused(PARAMETERS, "recorded", RejectReason.HASH_BUCKET_CONFLICT, "invalid HBA")));
    }

    private static ConnectAck refused(
            @Nullable LinkParameters parameters, String name, RejectReason reason, String message) {
        return new ConnectAck(new Header(START + 181, 100), name, parameters, ISC, 0, reason, message, null);
    }

    @ParameterizedTest
    @MethodSource
    void theState(String name, State expected) {
        assertThat(Frames.message(Recordings.of(name))).isEqualTo(expected);
    }

    static Stream<Arguments> theState() {
        return Stream.of(
                state("recover, starting", 0, 0, ServerState.RECOVER, true, 0),
                state("recover", 0, 2, ServerState.RECOVER, false, 0),
                state("recover-done", 0, 24, ServerState.RECOVER_DONE, false, 0),
                state("normal", 0, 26, ServerState.NORMAL, false, 0),
                state("partner-down", 86, 72, ServerState.PARTNER_DOWN, false, 86),
                state("potential-conflict", 86, 49, ServerState.POTENTIAL_CONFLICT, false, 86),
                state("conflict-done", 88, 75, ServerState.CONFLICT_DONE, false, 88),
                state("communications-interrupted", 103, 1, ServerState.COMMUNICATIONS_INTERRUPTED, false, 101),
                state("recover-wait", 103, 4, ServerState.RECOVER_WAIT, false, 103),
                state("paused", 153, 18, ServerState.PAUSED, false, 153),
                state("shutdown", 161, 21, ServerState.SHUTDOWN, false, 161));
    }

    private static Arguments state(String name, int time, int xid, ServerState state, boolean startup, int since) {
        return Arguments.of("state " + name, new State(new Header(START + time, xid), state, startup, START + since));
    }

    @ParameterizedTest
    @MethodSource
    void theBindingUpdate(String name, long xid, BindingUpdate expected) {
        assertThat(Frames.message(Recordings.of(name))).isInstanceOfSatisfying(BindingUpdates.class, message -> {
            assertThat(message.header().xid()).isEqualTo(xid);
            assertThat(message.updates()).containsExactly(expected);
            assertThat(message.refused()).isEmpty();
        });
    }

    static Stream<Arguments> theBindingUpdate() {
        return Stream.of(
                Arguments.of("bndupd free", 4, update(100, BindingState.FREE, 0, false, 0, 0, 0, 0)),
                Arguments.of(
                        "bndupd free, reserved",
                        5,
                        reserved(update(119, BindingState.FREE, 0, false, 0x7fffffff, 0x7fffffff, 0x7fffffff, 0))),
                Arguments.of("bndupd backup", 27, update(109, BindingState.BACKUP, 0, false, 0, START, START, 0)),
                Arguments.of(
                        "bndupd active, hardware address and last transaction",
                        37,
                        update(108, BindingState.ACTIVE, 1, false, START + 31, START + 76, START + 1, START + 1)),
                Arguments.of(
                        "bndupd active, client identifier and last transaction",
                        26,
                        update(106, BindingState.ACTIVE, 2, true, START + 33, START + 78, START + 3, START + 3)),
                Arguments.of(
                        "bndupd released, client identifier",
                        28,
                        update(111, BindingState.RELEASED, 3, true, START + 8, START + 8, START + 7, 0)),
                Arguments.of(
                        "bndupd abandoned, last transaction",
                        41,
                        update(112, BindingState.ABANDONED, 0, false, START + 86410, START + 84, START + 9, START + 9)),
                Arguments.of(
                        "bndupd expired, client identifier",
                        46,
                        update(102, BindingState.EXPIRED, 6, true, START + 25, START, START + 13, 0)),
                Arguments.of(
                        "bndupd reset, client identifier",
                        69,
                        update(100, BindingState.RESET, 12, true, START + 41, START + 41, START + 21, 0)),
                Arguments.of(
                        "bndupd active, hardware address and last transaction and reserved",
                        42,
                        reserved(update(
                                113, BindingState.ACTIVE, 5, false, START + 40, 0x7fffffff, START + 10, START + 10))));
    }

    private static BindingUpdate update(
            int lastOctet,
            BindingState status,
            int client,
            boolean identified,
            long lease,
            long potential,
            long start,
            long transaction) {
        String mac = "02:00:5e:00:53:%02x".formatted(client);
        return new BindingUpdate(
                Ipv4Address.parse("10.79.0." + lastOctet),
                status,
                false,
                false,
                identified ? octets("01" + mac.replace(":", "")) : null,
                client == 0 ? null : HardwareAddress.of(MacAddress.parse(mac)),
                lease,
                potential,
                start,
                transaction,
                Options.NONE);
    }

    private static BindingUpdate reserved(BindingUpdate update) {
        return new BindingUpdate(
                update.address(),
                update.status(),
                true,
                false,
                update.clientIdentifier(),
                update.hardwareAddress(),
                update.leaseExpiration(),
                update.potentialExpiration(),
                update.stateStart(),
                update.clientLastTransaction(),
                Options.NONE);
    }

    @ParameterizedTest
    @MethodSource
    void theBindingAcknowledgement(String name, long xid, BindingAnswer expected) {
        assertThat(Frames.message(Recordings.of(name)))
                .isInstanceOfSatisfying(BindingAcknowledgement.class, message -> {
                    assertThat(message.header().xid()).isEqualTo(xid);
                    assertThat(message.answers()).containsExactly(expected);
                });
    }

    static Stream<Arguments> theBindingAcknowledgement() {
        return Stream.of(
                Arguments.of("bndack", 5, BindingAnswer.accepted(Ipv4Address.parse("10.79.0.119"))),
                Arguments.of(
                        "bndack, refused 16",
                        4,
                        BindingAnswer.refused(
                                Ipv4Address.parse("10.79.0.100"),
                                RejectReason.LESS_CRITICAL_BINDING_INFORMATION,
                                "incoming update is less critical than outgoing update")),
                Arguments.of(
                        "bndack, refused 1",
                        102,
                        BindingAnswer.refused(
                                Ipv4Address.parse("10.79.0.5"), RejectReason.ILLEGAL_ADDRESS, "unknown IP address")),
                Arguments.of(
                        "bndack, refused 3",
                        103,
                        BindingAnswer.refused(
                                Ipv4Address.parse("10.79.0.110"),
                                RejectReason.MISSING_BINDING_INFORMATION,
                                "BNDUPD without CHADDR")));
    }

    @ParameterizedTest
    @MethodSource
    void theOtherMessage(String name, Message expected) {
        assertThat(Frames.message(Recordings.of(name))).isEqualTo(expected);
    }

    static Stream<Arguments> theOtherMessage() {
        return Stream.of(
                Arguments.of("contact", new Message.Contact(new Header(START + 7, 27))),
                Arguments.of("updreqall", new Message.UpdateRequestAll(new Header(START, 3))),
                Arguments.of("updreq", new Message.UpdateRequest(new Header(START + 86, 74))),
                Arguments.of("upddone", new Message.UpdateDone(new Header(START, 3))),
                Arguments.of("poolreq", new Message.PoolRequest(new Header(0x6b01990eL, 37))),
                Arguments.of("poolresp 6", new PoolResponse(new Header(0x6b01990eL, 37), 6)),
                Arguments.of("poolresp 0", new PoolResponse(new Header(START + 181, 104), 0)),
                Arguments.of(
                        "disconnect 8",
                        new Disconnect(
                                new Header(START + 171, 1),
                                RejectReason.INVALID_PARTNER,
                                "remote failover relationship name zzz does not match")));
    }

    private static Octets octets(String hexadecimal) {
        return Octets.of(HexFormat.of().parseHex(hexadecimal));
    }
}
