package io.dhcpfailover.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever octets come, they are a packet or a refusal, and a packet is written and read again as the same. In the
 * build the inputs in {@code WireFuzzTestInputs} are replayed; {@code JAZZER_FUZZ=1} looks for more.
 */
class WireFuzzTest {

    @DictionaryFile(resourcePath = "options.dict")
    @FuzzTest(maxDuration = "30s")
    void decode(byte[] octets) {
        check(octets);
    }

    static void check(byte[] octets) {
        if (PacketDecoder.decode(octets) instanceof Decoded.Packet decoded) {
            DhcpPacket packet = decoded.packet();
            readEveryOption(packet.options());
            // Long enough for every option in parts, which all but the longest packets are.
            byte[] written = PacketEncoder.encode(packet, PacketDecoder.LENGTH_MAX);
            if (octets.length < PacketDecoder.LENGTH_MAX / 2) {
                assertThat(PacketDecoder.decode(written))
                        .isInstanceOfSatisfying(Decoded.Packet.class, again -> assertSame(again.packet(), packet));
            }
            assertThat(PacketEncoder.encode(packet, PacketEncoder.LENGTH_MIN)).hasSize(PacketEncoder.LENGTH_MIN);
        }
    }

    /** Equal, but for relay agent information, which is written last wherever it was. */
    private static void assertSame(DhcpPacket again, DhcpPacket packet) {
        int last = DhcpOption.RELAY_AGENT_INFORMATION.code();
        assertThat(again.options().only(code -> code != last))
                .isEqualTo(packet.options().only(code -> code != last));
        assertThat(again.options().octets(last)).isEqualTo(packet.options().octets(last));
        assertThat(again.chaddr()).isEqualTo(packet.chaddr());
        assertThat(again.file()).isEqualTo(packet.file());
        assertThat(again.sname()).isEqualTo(packet.sname());
        assertThat(again.toString()).isNotEmpty();
    }

    private static void readEveryOption(Options options) {
        for (DhcpOption<?> option : OptionsTest.KNOWN) {
            Object value = options.get(option);
            if (value != null) {
                assertThat(value.toString()).isNotNull();
            }
        }
    }
}
