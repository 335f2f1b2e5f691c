package io.dhcpfailover.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.Ipv4Address;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers octet by octet; that Linux takes them is what {@link RepliesOnTheWireTest} shows. */
class Ipv4DatagramTest {

    private static final Endpoint SOURCE = new Endpoint(Ipv4Address.parse("10.80.0.1"), 67);
    private static final Endpoint DESTINATION = new Endpoint(Ipv4Address.parse("10.80.0.50"), 68);

    @Test
    void theHeadersAreThoseOfTheRfcs() {
        ByteBuffer buffer = ByteBuffer.allocate(64);

        int length = Ipv4Datagram.write(buffer, SOURCE, DESTINATION, new byte[] {1, 2, 3});

        assertThat(length).isEqualTo(31);
        // The checksums are another program's.
        assertThat(HexFormat.of().formatHex(buffer.array(), 0, length))
                .isEqualTo("4500001f00004000401125fc0a5000010a500032" + "00430044000be67c" + "010203");
    }

    /** Added up with its own checksum, everything is all ones (RFC 1071, section 1). */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 299, 300, 1500})
    void theChecksumCoversThePayload(int length) {
        ByteBuffer buffer = ByteBuffer.allocate(2048);
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (i * 31 + 7);
        }

        int total = Ipv4Datagram.write(buffer, SOURCE, DESTINATION, payload);

        long sum = 17L + total - 20;
        for (int place = 12; place < total + total % 2; place += 2) {
            sum += buffer.getShort(place) & 0xFFFF;
        }
        assertThat(sum % 0xFFFF).isZero();
    }

    @Test
    void aChecksumOfZeroIsSentAsAllOnes() {
        ByteBuffer buffer = ByteBuffer.allocate(64);
        Ipv4Datagram.write(buffer, SOURCE, DESTINATION, new byte[2]);
        byte[] payload = ByteBuffer.allocate(2).putShort(buffer.getShort(26)).array();

        Ipv4Datagram.write(buffer, SOURCE, DESTINATION, payload);

        assertThat(buffer.getShort(26)).isEqualTo((short) 0xFFFF);
    }
}
