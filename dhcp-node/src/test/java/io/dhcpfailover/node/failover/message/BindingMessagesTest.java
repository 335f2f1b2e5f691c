package io.dhcpfailover.node.failover.message;

import static io.dhcpfailover.node.failover.message.Frames.changed;
import static io.dhcpfailover.node.failover.message.Frames.frame;
import static io.dhcpfailover.node.failover.message.Frames.message;
import static io.dhcpfailover.node.failover.message.Frames.option;
import static io.dhcpfailover.node.failover.message.Frames.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.message.Decoded.Reason;
import io.dhcpfailover.node.failover.message.Message.BindingAcknowledgement;
import io.dhcpfailover.node.failover.message.Message.BindingUpdates;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.wire.Options;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a partner may get wrong or do otherwise in BNDUPD and BNDACK. */
class BindingMessagesTest {

    private static final String ACTIVE = "bndupd active, client identifier and last transaction";
    private static final String ADDRESS = option(2, "0a4f006a");
    private static final Ipv4Address OF_ACTIVE = Ipv4Address.parse("10.79.0.106");

    @ParameterizedTest
    @ValueSource(strings = {"00", "08", "ff"})
    void aBindingStatusThatIsNoneIsAnsweredAndNeverAState(String status) {
        assertThat(refused(changed(ACTIVE, 3, status)))
                .isEqualTo(BindingAnswer.refused(
                        OF_ACTIVE,
                        RejectReason.MISCELLANEOUS,
                        "unknown binding-status " + Integer.parseInt(status, 16)));
    }

    @Test
    void anUpdateWithoutBindingStatusIsAnswered() {
        assertThat(refused(frame(3, ADDRESS)))
                .isEqualTo(BindingAnswer.refused(
                        OF_ACTIVE, RejectReason.MISSING_BINDING_INFORMATION, "no binding-status"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "03", "04"})
    void aStatusThatHasAClientIsRefusedWithoutTheHardwareAddress(String status) {
        assertThat(refused(frame(3, ADDRESS, option(3, status))))
                .isEqualTo(BindingAnswer.refused(
                        OF_ACTIVE, RejectReason.MISSING_BINDING_INFORMATION, "no client-hardware-address"));
    }

    @ParameterizedTest
    @CsvSource({"5,''", "5,010203040506070809101112131415161718"})
    void aHardwareAddressThatNoPacketHasRoomForIsRefused(int code, String value) {
        assertThat(refused(changed(ACTIVE, code, value)).refusal()).isEqualTo(RejectReason.MISCELLANEOUS);
    }

    @Test
    void aClientIdentifierLongerThanAnOptionOfDhcpIsRefused() {
        assertThat(refused(changed(ACTIVE, 4, "00".repeat(256))).refusal()).isEqualTo(RejectReason.MISCELLANEOUS);
        assertThat(update(changed(ACTIVE, 4, "00".repeat(255))).clientIdentifier())
                .isNotNull()
                .satisfies(identifier -> assertThat(identifier.length()).isEqualTo(255));
    }

    @Test
    void ofAnAbandonedAddressNoClientIsReadAndNoneIsWritten() {
        BindingUpdate read = update(changed(ACTIVE, 3, "05"));

        assertThat(read.clientIdentifier()).isNull();
        assertThat(read.hardwareAddress()).isNull();

        BindingUpdate active = update(Recordings.of(ACTIVE));
        BindingUpdate abandoned = new BindingUpdate(
                active.address(),
                BindingState.ABANDONED,
                false,
                false,
                active.clientIdentifier(),
                active.hardwareAddress(),
                0,
                0,
                0,
                0,
                Options.NONE);
        byte[] written =
                MessageEncoder.encode(new BindingUpdates(new Header(0, 1), List.of(abandoned)), Dialect.DRAFT12);
        assertThat(written).hasSize(Header.LENGTH + 8 + 5 + 3 * 8);
    }

    @Test
    void timesThatAreMissingAreZero() {
        BindingUpdate update = update(frame(3, ADDRESS, option(3, "02"), option(5, "01020000000001")));

        assertThat(update.leaseExpiration()).isZero();
        assertThat(update.potentialExpiration()).isZero();
        assertThat(update.stateStart()).isZero();
        assertThat(update.clientLastTransaction()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "000001"})
    void ipFlagsHaveTwoOctets(String flags) {
        assertThat(refusal(changed("bndupd free, reserved", 12, flags))).isEqualTo(Reason.OPTION_SIZE);
    }

    @ParameterizedTest
    @CsvSource({"0000,false,false", "0001,true,false", "0002,false,true", "ffff,true,true", "fffc,false,false"})
    void theLeastSignificantBitsOfIpFlagsAreReservedAndBootp(String flags, boolean reserved, boolean bootp) {
        BindingUpdate update = update(changed("bndupd free, reserved", 12, flags));

        assertThat(update.reserved()).isEqualTo(reserved);
        assertThat(update.bootp()).isEqualTo(bootp);
    }

    @Test
    void anUpdateWithoutAnAddressClosesTheLink() {
        assertThat(refusal(frame(3))).isEqualTo(Reason.OPTION_MISSING);
        assertThat(refusal(frame(3, option(3, "01")))).isEqualTo(Reason.OPTION_MISSING);
        assertThat(refusal(frame(4))).isEqualTo(Reason.OPTION_MISSING);
    }

    @Test
    void anOptionThatComesTwiceInAnUpdateClosesTheLink() {
        assertThat(refusal(frame(3, ADDRESS, option(3, "01"), option(3, "01")))).isEqualTo(Reason.OPTION_REPEATED);
    }

    @Test
    void aBatchIsReadInEitherDialectAndItsBadUpdatesAreAnsweredEach() {
        byte[] batch = frame(
                3,
                ADDRESS,
                option(3, "01"),
                option(2, "0a4f006b"),
                option(3, "09"),
                option(2, "0a4f006c"),
                option(3, "07"));

        for (Dialect dialect : Dialect.values()) {
            assertThat(message(batch, dialect)).isInstanceOfSatisfying(BindingUpdates.class, message -> {
                assertThat(message.updates())
                        .extracting(BindingUpdate::status)
                        .containsExactly(BindingState.FREE, BindingState.BACKUP);
                assertThat(message.refused())
                        .extracting(BindingAnswer::address)
                        .containsExactly(Ipv4Address.parse("10.79.0.107"));
            });
        }
    }

    @Test
    void aBatchHasAnEndSoThatItsAnswerFitsIntoAFrame() {
        assertThat(message(frame(3, (ADDRESS + option(3, "09")).repeat(100)))).isInstanceOf(BindingUpdates.class);
        assertThat(refusal(frame(3, (ADDRESS + option(3, "09")).repeat(101)))).isEqualTo(Reason.TOO_MANY_UPDATES);
    }

    @Test
    void ofAnAcknowledgementOnlyAddressAndRefusalAreRead() {
        byte[] frame = frame(4, ADDRESS, option(4, "01"), option(18, "00"), option(16, "41"));

        assertThat(message(frame))
                .isInstanceOfSatisfying(
                        BindingAcknowledgement.class,
                        message -> assertThat(message.answers()).containsExactly(BindingAnswer.accepted(OF_ACTIVE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "63825364 0c0161", "63825363 0c", "63825363 0c0561"})
    void aClientsOptionsThatAreNoneCostNoLease(String value) {
        byte[] frame = frame(3, ADDRESS, option(3, "02"), option(5, "01020000000001"), option(8, value));

        assertThat(update(frame).clientOptions()).isEqualTo(Options.NONE);
    }

    @Test
    void ofAClientsOptionsThoseAreReadThatABindingKeeps() {
        byte[] frame = frame(
                3,
                ADDRESS,
                option(3, "02"),
                option(5, "01020000000001"),
                option(8, "63825363 00 0c0161 350101 3c0162 520163 510164 ff 0c0165"));

        assertThat(update(frame).clientOptions())
                .isEqualTo(new Options.Builder()
                        .put(12, new byte[] {'a'})
                        .put(60, new byte[] {'b'})
                        .put(82, new byte[] {'c'})
                        .put(81, new byte[] {'d'})
                        .build());
    }

    private static BindingUpdate update(byte[] frame) {
        assertThat(message(frame)).isInstanceOf(BindingUpdates.class);
        return ((BindingUpdates) message(frame)).updates().get(0);
    }

    private static BindingAnswer refused(byte[] frame) {
        assertThat(message(frame)).isInstanceOf(BindingUpdates.class);
        BindingUpdates message = (BindingUpdates) message(frame);
        assertThat(message.updates()).isEmpty();
        return message.refused().get(0);
    }
}
