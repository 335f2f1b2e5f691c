package io.dhcpfailover.node.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Range;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Ranges without exclusions, and the place of each address. */
class AddressPoolTest {

    private static final long NETWORK = Ipv4Address.parse("192.0.2.0").number();

    @Test
    void exclusionsAreCutOutOfRanges() {
        AddressPool pool = AddressPool.of(
                List.of(range(10, 20), range(30, 40)), List.of(range(5, 10), range(15, 16), range(20, 35)));

        assertThat(pool.size()).isEqualTo(4 + 3 + 5);
        assertThat(pool.addressAt(0)).hasToString("192.0.2.11");
        assertThat(pool.addressAt(4)).hasToString("192.0.2.17");
        assertThat(pool.addressAt(11)).hasToString("192.0.2.40");
        assertThat(pool.contains(Ipv4Address.parse("192.0.2.15"))).isFalse();
        assertThat(pool.placeOf(Ipv4Address.parse("192.0.2.36"))).isEqualTo(7);
    }

    @Test
    void aPoolMayBeEmpty() {
        AddressPool pool = AddressPool.of(List.of(range(1, 9)), List.of(range(0, 100)));

        assertThat(pool.size()).isZero();
        assertThat(pool.placeOf(Ipv4Address.parse("192.0.2.5"))).isEqualTo(-1);
        assertThatThrownBy(() -> pool.addressAt(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anyRangesAndExclusionsGiveWhatASetOfAddressesGives() {
        Seeds.forEach(5_000, random -> {
            List<Ipv4Range> ranges = ranges(random);
            List<Ipv4Range> exclusions = ranges(random);
            TreeSet<Ipv4Address> expected = new TreeSet<>();
            for (long number = NETWORK; number < NETWORK + 256; number++) {
                Ipv4Address address = Ipv4Address.ofNumber(number);
                if (ranges.stream().anyMatch(range -> range.contains(address))
                        && exclusions.stream().noneMatch(range -> range.contains(address))) {
                    expected.add(address);
                }
            }

            AddressPool pool = AddressPool.of(ranges, exclusions);

            assertThat(pool.size()).isEqualTo(expected.size());
            int place = 0;
            for (Ipv4Address address : expected) {
                assertThat(pool.addressAt(place)).isEqualTo(address);
                assertThat(pool.placeOf(address)).isEqualTo(place++);
            }
            for (long number = NETWORK - 2; number < NETWORK + 258; number++) {
                Ipv4Address address = Ipv4Address.ofNumber(number);
                assertThat(pool.contains(address)).isEqualTo(expected.contains(address));
            }
        });
    }

    private static List<Ipv4Range> ranges(RandomGenerator random) {
        List<Ipv4Range> ranges = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            int start = random.nextInt(256);
            ranges.add(range(start, random.nextInt(start, Math.min(256, start + 60))));
        }
        return ranges;
    }

    private static Ipv4Range range(int start, int end) {
        return new Ipv4Range(Ipv4Address.ofNumber(NETWORK + start), Ipv4Address.ofNumber(NETWORK + end));
    }
}
