package io.dhcpfailover.operator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The message that helm test sends, and the one it waits for. */
class DiscoverTest {

    private static final int TRANSACTION = 0x01020304;
    private static final byte[] CLIENT = HexFormat.of().parseHex("02005e005301");

    @Test
    void itIsADiscoverOfARelayThatNamesTheLink() {
        byte[] message = Discover.encode(
                TRANSACTION, CLIENT, Ipv4Address.parse("198.51.100.7"), Ipv4Prefix.parse("192.0.2.0/24"));
        String hex = HexFormat.of().formatHex(message);

        assertThat(message).hasSize(300);
        assertThat(hex)
                .startsWith("0101060101020304" + "003c0000" + "00000000".repeat(3) + "c6336407" + "02005e005301");
        assertThat(hex.substring(2 * 236)).startsWith("63825363" + "350101" + "52060504c0000200" + "ff");
    }

    @Test
    void anOfferOfThisTransactionIsTaken() {
        byte[] offer = offer();

        assertThat(Discover.offered(TRANSACTION, offer, offer.length)).isEqualTo(Ipv4Address.parse("192.0.2.9"));
    }

    @Test
    void otherTransactionsAreNot() {
        byte[] offer = offer();

        assertThat(Discover.offered(TRANSACTION + 1, offer, offer.length)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"350105", "35", "3502", "3503020202", "ff", "00000000", "0104"})
    void whatIsNoOfferIsNot(String options) {
        byte[] message = message(options);

        assertThat(Discover.offered(TRANSACTION, message, message.length)).isNull();
    }

    @Test
    void aTruncatedMessageIsNot() {
        byte[] offer = offer();

        for (int length = 0; length < offer.length; length++) {
            byte[] part = Arrays.copyOf(offer, length);
            assertThat(Discover.offered(TRANSACTION, part, length))
                    .as("of %d octets", length)
                    .isNull();
        }
    }

    private static byte[] offer() {
        return message("3604c0000201" + "00" + "350102");
    }

    private static byte[] message(String options) {
        byte[] tail = HexFormat.of().parseHex(options);
        ByteBuffer message = ByteBuffer.allocate(240 + tail.length);
        message.put((byte) 2).put((byte) 1).put((byte) 6).put((byte) 0).putInt(TRANSACTION);
        message.putInt(16, Ipv4Address.parse("192.0.2.9").bits());
        message.putInt(236, 0x63825363);
        message.put(240, tail);
        return message.array();
    }
}
