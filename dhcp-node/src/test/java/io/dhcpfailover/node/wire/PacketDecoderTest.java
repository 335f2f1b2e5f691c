package io.dhcpfailover.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.wire.Decoded.Reason;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Octets to packets, octet by octet. */
class PacketDecoderTest {

    /** A request of an Ethernet client without options. */
    private static final String HEADER = "01010600" + "12345678" + "00058000" + "00000000".repeat(4) + "02005e005301"
            + "00".repeat(10) + "00".repeat(64) + "00".repeat(128) + "63825363";

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
                    nothing after the cookie,                  '',                   {}
                    an end alone,                              ff,                   {}
                    an option,                                 350101ff,             {53=01}
                    an option without an end,                  350101,               {53=01}
                    pads before and between,                   0000350101000c0161ff, '{53=01, 12=61}'
                    an empty option,                           0c00ff,               {12=}
                    what follows the end is nothing,           ff350101,             {}
                    two parts of one option (RFC 3396),        0c026162350101 0c0163ff, '{12=616263, 53=01}'
                    an unknown option,                         e00401020304ff,       {224=01020304}
                    """)
    void options(String name, String octets, String expected) {
        assertThat(packet(octets.replace(" ", "")).options()).hasToString(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
                    a code without a length,                   35,               OPTION_OVERRUN,     240
                    an option longer than the rest,            3501010c0561,     OPTION_OVERRUN,     243
                    an overload of nothing,                    340100ff,         MALFORMED_OVERLOAD, 240
                    an overload of what is not there,          340104ff,         MALFORMED_OVERLOAD, 240
                    an overload of two octets,                 34020101ff,       MALFORMED_OVERLOAD, 240
                    a message type of none,                    3500ff,           MALFORMED_OPTION,   240
                    a message type that does not exist,        350109ff,         MALFORMED_OPTION,   240
                    a requested address of three octets,       3501013203010203ff, MALFORMED_OPTION, 240
                    a server identifier of five octets,        36050102030405ff, MALFORMED_OPTION,   240
                    a maximum message size of one octet,       390102ff,         MALFORMED_OPTION,   240
                    """)
    void refusals(String name, String octets, Reason reason, int offset) {
        assertThat(decode(HEADER + octets)).isEqualTo(new Decoded.Refused(reason, offset));
    }

    @Test
    void fields() {
        DhcpPacket packet = packet("350101ff");

        assertThat(packet.op()).isEqualTo(DhcpPacket.Op.BOOTREQUEST);
        assertThat(packet.xid()).isEqualTo(0x12345678);
        assertThat(packet.secs()).isEqualTo(5);
        assertThat(packet.broadcast()).isTrue();
        assertThat(packet.chaddr()).hasToString("02:00:5e:00:53:01");
        assertThat(packet.ciaddr()).isEqualTo(Ipv4Address.UNSPECIFIED);
    }

    @Test
    void whatIsNeitherRequestNorReplyIsRefused() {
        assertThat(decode("03" + HEADER.substring(2))).isEqualTo(new Decoded.Refused(Reason.UNKNOWN_OP, 0));
    }

    @Test
    void aHardwareAddressThatHasNoRoomIsRefused() {
        assertThat(decode(HEADER.substring(0, 4) + "11" + HEADER.substring(6)))
                .isEqualTo(new Decoded.Refused(Reason.HARDWARE_ADDRESS_TOO_LONG, 2));
    }

    @Test
    void aPacketLongerThanAnyIsRefused() {
        assertThat(PacketDecoder.decode(new byte[PacketDecoder.LENGTH_MAX + 1]))
                .isEqualTo(new Decoded.Refused(Reason.TOO_LONG, PacketDecoder.LENGTH_MAX));
    }

    @Test
    void bootpWithoutTheCookieHasNoOptions() {
        byte[] octets = HexFormat.of().parseHex(HEADER.substring(0, 2 * PacketDecoder.HEADER_LENGTH) + "00".repeat(64));

        assertThat(PacketDecoder.decode(octets))
                .isInstanceOfSatisfying(
                        Decoded.Packet.class,
                        decoded -> assertThat(decoded.packet().options().size()).isZero());
    }

    @Test
    void overloadedFieldsAreReadAfterTheOptionsFieldFileBeforeSname() {
        byte[] octets = HexFormat.of().parseHex(HEADER + "3401030c0161ff");
        put(octets, PacketDecoder.FILE_OFFSET, "0c0162ff");
        put(octets, PacketDecoder.SNAME_OFFSET, "0c01630f0164ff");

        assertThat(PacketDecoder.decode(octets)).isInstanceOfSatisfying(Decoded.Packet.class, decoded -> {
            assertThat(decoded.packet().options()).hasToString("{12=616263, 15=64}");
            assertThat(decoded.packet().file()).isEmpty();
            assertThat(decoded.packet().sname()).isEmpty();
        });
    }

    @Test
    void anOptionThatDoesNotFitItsOverloadedFieldIsRefused() {
        byte[] octets = HexFormat.of().parseHex(HEADER + "340102ff");
        put(octets, PacketDecoder.SNAME_OFFSET + 62, "0c05");

        assertThat(PacketDecoder.decode(octets))
                .isEqualTo(new Decoded.Refused(Reason.OPTION_OVERRUN, PacketDecoder.SNAME_OFFSET + 62));
    }

    @Test
    void fieldsOfTextEndAtTheirFirstZeroOrBeforeTheirLastOctet() {
        byte[] octets = HexFormat.of().parseHex(HEADER + "ff");
        put(octets, PacketDecoder.FILE_OFFSET, "61620063");
        Arrays.fill(octets, PacketDecoder.SNAME_OFFSET, PacketDecoder.SNAME_OFFSET + 64, (byte) 'x');

        assertThat(PacketDecoder.decode(octets)).isInstanceOfSatisfying(Decoded.Packet.class, decoded -> {
            assertThat(decoded.packet().file()).isEqualTo("ab");
            assertThat(decoded.packet().sname()).isEqualTo("x".repeat(63));
        });
    }

    @Test
    void optionsAreTheSameByWhicheverWayTheyAreRead() {
        Seeds.forEach(20_000, random -> {
            byte[] octets = new byte[PacketDecoder.OPTIONS_OFFSET + random.nextInt(80)];
            for (int place = PacketDecoder.OPTIONS_OFFSET; place + 1 < octets.length; ) {
                octets[place] = (byte) random.nextInt(256);
                octets[place + 1] = (byte) random.nextInt(12);
                place += 2 + octets[place + 1];
            }
            int count = PlainOptions.count(octets, PacketDecoder.OPTIONS_OFFSET);
            OptionsReader reader = new OptionsReader(octets);
            boolean sound = reader.measure(PacketDecoder.OPTIONS_OFFSET, octets.length) == OptionsReader.NO_ERROR;

            if (count != PlainOptions.NONE_OF_THIS_KIND) {
                assertThat(sound).isTrue();
                byte[][] values = reader.values();
                reader.copy(PacketDecoder.OPTIONS_OFFSET, octets.length, values, new int[256]);
                assertThat(PlainOptions.read(octets, PacketDecoder.OPTIONS_OFFSET, count))
                        .isEqualTo(reader.options(values, DhcpOption.OVERLOAD.code()));
            }
        });
        assertThat(PlainOptions.count(Recordings.of("udhcpc: discover"), PacketDecoder.OPTIONS_OFFSET))
                .isPositive();
    }

    @Test
    void randomOctetsNeverFail() {
        Seeds.forEach(20_000, random -> {
            byte[] octets = new byte[random.nextInt(PacketDecoder.HEADER_LENGTH, 700)];
            random.nextBytes(octets);
            put(octets, 0, "0101");
            octets[2] = (byte) random.nextInt(20);
            if (octets.length >= PacketDecoder.OPTIONS_OFFSET) {
                put(octets, PacketDecoder.HEADER_LENGTH, "63825363");
            }
            WireFuzzTest.check(octets);
        });
    }

    private static void put(byte[] octets, int offset, String hex) {
        byte[] value = HexFormat.of().parseHex(hex);
        System.arraycopy(value, 0, octets, offset, value.length);
    }

    private static Decoded decode(String hex) {
        return PacketDecoder.decode(HexFormat.of().parseHex(hex));
    }

    private static DhcpPacket packet(String options) {
        Decoded decoded = decode(HEADER + options);
        assertThat(decoded).isInstanceOf(Decoded.Packet.class);
        return ((Decoded.Packet) decoded).packet();
    }
}
