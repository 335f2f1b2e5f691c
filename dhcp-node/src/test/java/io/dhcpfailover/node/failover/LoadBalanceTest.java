package io.dhcpfailover.node.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which server a client belongs to. */
class LoadBalanceTest {

    @ParameterizedTest(name = "the hash of {0} is {1}")
    @CsvSource({
        "'', 0",
        "000000000000, 254",
        "000000000001, 153",
        "001122334455, 135",
        "ffffffffffff, 79",
        "61, 20",
        "01001122334455, 223",
        "00636c69656e742d33, 24",
        "00636c69656e742d3131, 133",
        "020000100052, 16",
        "025e00000000, 73",
        "025e00000004, 214",
    })
    void keysHaveTheHashesThatWereSeen(String key, int hash) {
        assertThat(LoadBalance.hash(HexFormat.of().parseHex(key))).isEqualTo(hash);
    }

    @Test
    void oneOctetKeysFillEveryBucketOnce() {
        assertThat(IntStream.range(0, 256)
                        .map(octet -> LoadBalance.hash(new byte[] {(byte) octet}))
                        .distinct())
                .hasSize(256);
    }

    @Test
    void aClientIdentifierIsHashedWithItsTypeAndAHardwareAddressWithout() {
        HardwareAddress hardware = HardwareAddress.of(MacAddress.parse("00:11:22:33:44:55"));

        assertThat(LoadBalance.bucket(ClientIdentity.of(hardware), false)).isEqualTo(135);
        assertThat(LoadBalance.bucket(
                        ClientIdentity.of(ClientIdentifier.parse("01:00:11:22:33:44:55"), hardware), true))
                .isEqualTo(223);
    }

    @ParameterizedTest(name = "{0} percent are {1} buckets")
    @CsvSource({"0, 0", "1, 3", "50, 128", "60, 154", "70, 179", "95, 243", "99, 253", "100, 256"})
    void aPercentageIsRoundedToBucketsAndTheFirstAreThePrimarys(int percent, int count) {
        HashBuckets buckets = HashBuckets.ofPercent(percent);

        for (int bucket = 0; bucket < 256; bucket++) {
            assertThat(buckets.serverOf(bucket)).isEqualTo(bucket < count ? ServerRole.Primary : ServerRole.Secondary);
        }
        assertThat(HashBuckets.ofOctets(buckets.octets())).isEqualTo(buckets);
    }

    @Test
    void aBitThatIsSetIsThePrimarysAndTheLeastSignificantIsTheFirst() {
        assertThat(HashBuckets.ofPercent(60)).hasToString("ff".repeat(19) + "03" + "00".repeat(12));
        assertThat(HashBuckets.ofPercent(70)).hasToString("ff".repeat(22) + "07" + "00".repeat(9));
        assertThat(HashBuckets.ofPercent(95)).hasToString("ff".repeat(30) + "0700");
    }

    @Test
    void aChangeOfThePercentageMovesNoClientButThoseOfTheDifference() {
        for (int from = 0; from <= 100; from++) {
            for (int to = 0; to <= 100; to++) {
                HashBuckets before = HashBuckets.ofPercent(from);
                HashBuckets after = HashBuckets.ofPercent(to);
                long moved = IntStream.range(0, 256)
                        .filter(bucket -> before.serverOf(bucket) != after.serverOf(bucket))
                        .count();
                assertThat(moved).isEqualTo(Math.abs(count(before) - count(after)));
            }
        }
    }

    private static long count(HashBuckets buckets) {
        return IntStream.range(0, 256)
                .filter(bucket -> buckets.serverOf(bucket) == ServerRole.Primary)
                .count();
    }

    @Test
    void anAssignmentThatIsNotOf256BitsIsRefused() {
        assertThatThrownBy(() -> HashBuckets.ofOctets(new byte[31])).hasMessageContaining("31 octets");
        assertThatThrownBy(() -> HashBuckets.ofPercent(101)).hasMessageContaining("101 percent");
        assertThatThrownBy(() -> HashBuckets.ofPercent(-1)).hasMessageContaining("0 to 100");
    }

    @ParameterizedTest(name = "secs {0} with {1} seconds to wait: {2}")
    @CsvSource({
        "0, 3, false",
        "3, 3, false",
        "4, 3, true",
        "10, 3, true",
        "0, 0, false",
        "1, 0, true",
        "768, 3, false",
        "1024, 3, true",
        "255, 254, true",
        "257, 255, true",
    })
    void aClientHasWaitedWhenItsSecsAreMoreAlsoInTheWrongByteOrder(int secs, long maxWait, boolean waited) {
        assertThat(LoadBalance.hasWaited(secs, maxWait)).isEqualTo(waited);
    }

    @Test
    void anAssignmentOfAPartnerMayHaveAnyBits() {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) 0xAA);

        HashBuckets buckets = HashBuckets.ofOctets(octets);

        assertThat(buckets.serverOf(0)).isEqualTo(ServerRole.Secondary);
        assertThat(buckets.serverOf(1)).isEqualTo(ServerRole.Primary);
        assertThat(buckets.octets()).isEqualTo(octets);
    }
}
