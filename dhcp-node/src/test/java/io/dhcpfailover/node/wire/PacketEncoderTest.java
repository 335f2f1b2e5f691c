package io.dhcpfailover.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.wire.DhcpPacket.Op;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Packets to octets: order, rank, and room. */
class PacketEncoderTest {

    private static final int LENGTH_MAX = 8000;
    private static final List<MessageType> TYPES = List.of(MessageType.values());

    @Test
    void everyPacketIsReadAsItWasWritten() {
        Seeds.forEach(20_000, random -> {
            DhcpPacket packet = randomPacket(random);

            assertThat(PacketDecoder.decode(PacketEncoder.encode(packet, LENGTH_MAX)))
                    .isEqualTo(new Decoded.Packet(packet));
        });
    }

    @Test
    void aPacketIsNeverLongerThanItsReceiverTakes() {
        Seeds.forEach(20_000, random -> {
            DhcpPacket packet = randomPacket(random);
            int lengthMax = random.nextInt(PacketEncoder.LENGTH_MIN, 1500);

            byte[] octets = PacketEncoder.encode(packet, lengthMax);

            assertThat(octets.length).isBetween(PacketEncoder.LENGTH_MIN, lengthMax);
            assertThat(PacketDecoder.decode(octets)).isInstanceOfSatisfying(Decoded.Packet.class, decoded -> {
                Options written = decoded.packet().options();
                for (int i = 0; i < written.size(); i++) {
                    assertThat(written.rawAt(i)).isEqualTo(packet.options().raw(written.code(i)));
                }
            });
        });
    }

    @Test
    void aShortPacketIsFilledUpToWhatBootpWants() {
        assertThat(PacketEncoder.encode(packet("", "", Options.NONE), 548)).hasSize(300);
        assertThatIllegalArgumentException().isThrownBy(() -> PacketEncoder.encode(packet("", "", Options.NONE), 299));
    }

    @Test
    void relayAgentInformationIsTheLastOption() {
        Options options = new Options.Builder()
                .put(82, new byte[] {1, 1, 'x'})
                .put(DhcpOption.MESSAGE_TYPE, MessageType.ACK)
                .build();

        assertThat(written(packet("", "", options), 548)).hasToString("{53=05, 82=010178}");
    }

    @Test
    void relayAgentInformationHasRoomBeforeOptionsOfAnyRank() {
        Options options = new Options.Builder()
                .put(DhcpOption.MESSAGE_TYPE, MessageType.ACK)
                .put(224, new byte[50])
                .put(82, circuitId(50))
                .build();
        Options written = written(packet("server", "file", options), 300);

        assertThat(written.octets(82)).isEqualTo(options.octets(82));
        assertThat(written.octets(224)).isNull();
        assertThat(written.get(DhcpOption.MESSAGE_TYPE)).isEqualTo(MessageType.ACK);
    }

    /** 300 octets have 60 for options: 3 are the message type's and 1 is the end. */
    @Test
    void relayAgentInformationIsLeftOutOnlyWhereItHasNoRoomAtAll() {
        for (int length = 40; length <= 60; length++) {
            Options options = new Options.Builder()
                    .put(DhcpOption.MESSAGE_TYPE, MessageType.ACK)
                    .put(224, new byte[50])
                    .put(82, new byte[length])
                    .build();

            Options written = written(packet("", "", options), 300);

            assertThat(written.get(DhcpOption.MESSAGE_TYPE)).isEqualTo(MessageType.ACK);
            assertThat(written.octets(82) != null).as("%d octets", length).isEqualTo(length + 2 <= 60 - 4);
            // It displaces the others only where not even the option that says where they are has room beside it.
            boolean overloads = length + 2 + 3 <= 60 - 4 || length + 2 > 60 - 4;
            assertThat(written.octets(224) != null).as("%d octets", length).isEqualTo(overloads);
        }
    }

    @Test
    void aPacketIsWrittenIntoTheSameOctetsWhateverTheBufferHeld() {
        byte[] buffer = new byte[1500];
        Seeds.forEach(5_000, random -> {
            DhcpPacket packet = randomPacket(random);
            int lengthMax = random.nextInt(PacketEncoder.LENGTH_MIN, buffer.length + 1);
            random.nextBytes(buffer);
            byte[] before = buffer.clone();

            int length = PacketEncoder.encode(packet, buffer, lengthMax);

            assertThat(Arrays.copyOf(buffer, length)).isEqualTo(PacketEncoder.encode(packet, lengthMax));
            assertThat(Arrays.copyOfRange(buffer, lengthMax, buffer.length))
                    .isEqualTo(Arrays.copyOfRange(before, lengthMax, buffer.length));
        });
        DhcpPacket packet = packet("", "", Options.NONE);
        assertThatIllegalArgumentException().isThrownBy(() -> PacketEncoder.encode(packet, new byte[547], 548));
    }

    @Test
    void namesOfServersAndFilesEndWithAZero() {
        byte[] octets = PacketEncoder.encode(packet("s".repeat(63), "f".repeat(127), Options.NONE), 548);

        assertThat(octets[PacketDecoder.SNAME_OFFSET + 62]).isEqualTo((byte) 's');
        assertThat(octets[PacketDecoder.SNAME_OFFSET + 63]).isZero();
        assertThat(octets[PacketDecoder.FILE_OFFSET + 126]).isEqualTo((byte) 'f');
        assertThat(octets[PacketDecoder.FILE_OFFSET + 127]).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> packet("s".repeat(64), "", Options.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> packet("", "f".repeat(128), Options.NONE));
    }

    @Test
    void whatHasNoRoomGoesIntoTheFieldsThatAreEmpty() {
        Options options = new Options.Builder()
                .put(DhcpOption.MESSAGE_TYPE, MessageType.ACK)
                .put(224, new byte[100])
                .put(225, new byte[50])
                .put(226, new byte[50])
                .build();

        Options everything = written(packet("", "", options), 300);
        assertThat(everything.size()).isEqualTo(options.size());
        assertThat(everything.octets(224)).hasSize(100);
        assertThat(written(packet("", "file", options), 300).octets(224)).isNull();
        assertThat(written(packet("server", "", options), 300).octets(224)).hasSize(100);
    }

    @Test
    void anOptionOfMoreThan255OctetsGoesInParts() {
        Options options = new Options.Builder()
                .put(119, "a".repeat(256).getBytes(StandardCharsets.US_ASCII))
                .build();
        byte[] octets = PacketEncoder.encode(packet("", "", options), 1000);

        assertThat(octets[PacketDecoder.OPTIONS_OFFSET + 1] & 0xFF).isEqualTo(255);
        assertThat(octets[PacketDecoder.OPTIONS_OFFSET + 257]).isEqualTo((byte) 119);
        assertThat(octets[PacketDecoder.OPTIONS_OFFSET + 258]).isEqualTo((byte) 1);
        assertThat(written(packet("", "", options), 1000)).isEqualTo(options);
    }

    private static byte[] circuitId(int length) {
        byte[] octets = new byte[2 + length];
        octets[0] = 1;
        octets[1] = (byte) length;
        return octets;
    }

    private static Options written(DhcpPacket packet, int lengthMax) {
        Decoded decoded = PacketDecoder.decode(PacketEncoder.encode(packet, lengthMax));
        assertThat(decoded).isInstanceOf(Decoded.Packet.class);
        return ((Decoded.Packet) decoded).packet().options();
    }

    private static DhcpPacket packet(String sname, String file, Options options) {
        return new DhcpPacket(
                Op.BOOTREPLY,
                0,
                1,
                0,
                0,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.parse("192.0.2.10"),
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                HardwareAddress.of(MacAddress.parse("02:00:5e:00:53:01")),
                sname,
                file,
                options);
    }

    private static DhcpPacket randomPacket(RandomGenerator random) {
        return new DhcpPacket(
                random.nextBoolean() ? Op.BOOTREQUEST : Op.BOOTREPLY,
                random.nextInt(256),
                random.nextInt(),
                random.nextInt(65536),
                random.nextInt(65536),
                new Ipv4Address(random.nextInt()),
                new Ipv4Address(random.nextInt()),
                new Ipv4Address(random.nextInt()),
                new Ipv4Address(random.nextInt()),
                HardwareAddress.of(random.nextInt(256), octets(random, random.nextInt(17))),
                text(random, DhcpPacket.SNAME_LENGTH - 1),
                text(random, DhcpPacket.FILE_LENGTH - 1),
                options(random));
    }

    private static Options options(RandomGenerator random) {
        Options.Builder builder =
                new Options.Builder().put(DhcpOption.MESSAGE_TYPE, TYPES.get(random.nextInt(TYPES.size())));
        for (int i = random.nextInt(12); i > 0; i--) {
            // The codes by which a server decides have values of their own, and overload is the encoder's.
            int code = random.nextInt(60, 255);
            builder.put(code == 82 ? 83 : code, octets(random, random.nextInt(random.nextInt(10) == 0 ? 700 : 40)));
        }
        if (random.nextBoolean()) {
            builder.put(82, octets(random, random.nextInt(100)));
        }
        return builder.build();
    }

    private static byte[] octets(RandomGenerator random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    private static String text(RandomGenerator random, int lengthMax) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextBoolean() ? random.nextInt(lengthMax + 1) : 0; i > 0; i--) {
            text.append((char) random.nextInt(1, 256));
        }
        return text.toString();
    }
}
