package io.dhcpfailover.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dhcpfailover.api.testing.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each value reads what people write, prints one canonical form, and refuses the rest with a useful sentence. */
class ValuesTest {

    private static final Map<String, Function<String, ?>> PARSERS = Map.of(
            "Ipv4Address", Ipv4Address::parse,
            "Ipv4Prefix", Ipv4Prefix::parse,
            "MacAddress", MacAddress::parse,
            "ClientIdentifier", ClientIdentifier::parse,
            "Duration", text -> DurationFormat.print(DurationFormat.parse(text)),
            "LeaseDuration", LeaseDuration::parse,
            "ObjectName", ObjectName::new,
            "DomainName", DomainName::new,
            "InterfaceName", InterfaceName::new,
            "ZoneName", ZoneName::new);

    @ParameterizedTest
    @CsvSource({
        "Ipv4Address, 0.0.0.0, 0.0.0.0",
        "Ipv4Address, 192.0.2.10, 192.0.2.10",
        "Ipv4Address, 255.255.255.255, 255.255.255.255",
        "Ipv4Prefix, 0.0.0.0/0, 0.0.0.0/0",
        "Ipv4Prefix, 192.0.2.0/24, 192.0.2.0/24",
        "Ipv4Prefix, 192.0.2.1/32, 192.0.2.1/32",
        "MacAddress, 02:00:5e:00:53:01, 02:00:5e:00:53:01",
        "MacAddress, 02-00-5E-00-53-0A, 02:00:5e:00:53:0a",
        "ClientIdentifier, 01:02:00:5E:00:53:01, 01:02:00:5e:00:53:01",
        "Duration, 0s, 0s",
        "Duration, 90s, 1m30s",
        "Duration, 24h, 1d",
        "Duration, 1s1d1s, 1d2s",
        "Duration, 1500ms, 1s500ms",
        "Duration, -61s, -1m1s",
        "LeaseDuration, 8d, 8d",
        "LeaseDuration, 120s, 2m",
        "LeaseDuration, Unlimited, Unlimited",
        "LeaseDuration, 4294967294s, 49710d6h28m14s",
        "ObjectName, dhcp-1.example, dhcp-1.example",
        "DomainName, _ldap._tcp.Example.org., _ldap._tcp.Example.org.",
        "ClientIdentifier, 01-02-0A, 01:02:0a",
        "InterfaceName, ens3.100, ens3.100",
        "ZoneName, 0/26.2.0.192.in-addr.arpa, 0/26.2.0.192.in-addr.arpa"
    })
    void prints(String type, String text, String canonical) {
        assertThat(parse(type, text)).hasToString(canonical);
    }

    @ParameterizedTest
    @MethodSource
    void refuses(String type, String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(type, text))
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .matches("(?s).*(such as|must have|has from|write |too long|nor the word).*"));
    }

    static Stream<Arguments> refuses() {
        Map<String, List<String>> refused = Map.of(
                "Ipv4Address",
                List.of(
                        "",
                        "1",
                        "1.2.3",
                        "1.2.3.4.5",
                        "1.2.3.",
                        ".1.2.3",
                        "1..2.3",
                        "256.1.1.1",
                        "1.1.1.01",
                        "00.0.0.0",
                        "1.1.1.-1",
                        "1.1.1.1 ",
                        "::1",
                        "1.1.1.99999999999",
                        "a.b.c.d"),
                "Ipv4Prefix",
                List.of(
                        "192.0.2.0",
                        "192.0.2.0/",
                        "192.0.2.0/33",
                        "192.0.2.0/024",
                        "192.0.2.1/24",
                        "/24",
                        "192.0.2.0/-1"),
                "MacAddress",
                List.of(
                        "",
                        "02:00:5e:00:53",
                        "02:00:5e:00:53:01:02",
                        "02:00-5e:00:53:01",
                        "02005e005301",
                        "0g:00:5e:00:53:01"),
                "ClientIdentifier",
                List.of("", "01", "01:", "01:2", "0102", "01:02".repeat(200)),
                "Duration",
                List.of(
                        "",
                        "1",
                        "s",
                        "1w",
                        "1.5h",
                        "1h 30m",
                        "1H",
                        "-",
                        "99999999999999999999d",
                        "9223372036854775807d"),
                "LeaseDuration",
                List.of("unlimited", "-1s", "500ms", "4294967295s", "50000d"),
                "ObjectName",
                List.of("", "Upper", "-a", "a-", "a..b", "a_b", "a".repeat(254)),
                "DomainName",
                List.of("", ".", "a..b", "a b", "-".repeat(64), "a.".repeat(127)),
                "ZoneName",
                List.of("", "a..b", "a b", "a.".repeat(127)),
                "InterfaceName",
                List.of("", ".", "..", "a/b", "a b", "a:b", "a".repeat(16)));
        return refused.entrySet().stream()
                .flatMap(type -> type.getValue().stream().map(text -> Arguments.of(type.getKey(), text)));
    }

    @Test
    void everyAddressAndPrefixReadsWhatItPrints() {
        Seeds.forEach(10_000, random -> {
            Ipv4Address address = new Ipv4Address(random.nextInt());
            Ipv4Prefix prefix = Ipv4Prefix.containing(address, random.nextInt(33));
            MacAddress mac = new MacAddress(random.nextLong(1L << 48));
            Duration duration = Duration.ofMillis(random.nextLong(-1L << 50, 1L << 50));

            assertThat(Ipv4Address.parse(address.toString())).isEqualTo(address);
            assertThat(Ipv4Prefix.parse(prefix.toString())).isEqualTo(prefix);
            assertThat(MacAddress.parse(mac.toString())).isEqualTo(mac);
            assertThat(MacAddress.of(mac.octets())).isEqualTo(mac);
            assertThat(DurationFormat.parse(DurationFormat.print(duration))).isEqualTo(duration);
            assertThat(prefix.contains(address)).isTrue();
            assertThat(prefix.last().number() - prefix.network().number() + 1).isEqualTo(prefix.size());
        });
    }

    @Test
    void addressesAreOrderedAsUnsignedNumbers() {
        assertThat(Ipv4Address.parse("200.0.0.1")).isGreaterThan(Ipv4Address.parse("100.0.0.1"));
        assertThat(Ipv4Address.parse("127.255.255.255").plus(1)).hasToString("128.0.0.0");
        assertThat(Ipv4Address.parse("128.0.0.0").plus(-1)).hasToString("127.255.255.255");
        assertThat(Ipv4Address.parse("224.0.0.1").isMulticast()).isTrue();
        assertThat(Ipv4Address.parse("223.255.255.255").isMulticast()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Ipv4Address.BROADCAST.plus(1));
    }

    @Test
    void aPrefixKnowsItsMaskAndItsLastAddress() {
        Ipv4Prefix prefix = Ipv4Prefix.parse("10.77.0.0/16");

        assertThat(prefix.mask()).hasToString("255.255.0.0");
        assertThat(prefix.last()).hasToString("10.77.255.255");
        assertThat(prefix.overlaps(Ipv4Prefix.parse("10.0.0.0/8"))).isTrue();
        assertThat(prefix.overlaps(Ipv4Prefix.parse("10.78.0.0/16"))).isFalse();
        assertThat(prefix.contains(new Ipv4Range(prefix.network(), prefix.last())))
                .isTrue();
        assertThat(prefix.contains(new Ipv4Range(prefix.network(), prefix.last().plus(1))))
                .isFalse();
        assertThat(prefix.contains(new Ipv4Range(prefix.network().plus(-1), prefix.last())))
                .isFalse();
        assertThat(Ipv4Prefix.parse("0.0.0.0/0").size()).isEqualTo(1L << 32);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv4Prefix.parse("10.77.0.1/16"))
                .withMessageContaining("write 10.77.0.0/16");
    }

    @Test
    void theGroupBitOfAHardwareAddressIsTheLastOfItsFirstOctet() {
        assertThat(MacAddress.parse("01:00:5e:00:00:01").isMulticast()).isTrue();
        assertThat(MacAddress.parse("ff:ff:ff:ff:ff:ff").isMulticast()).isTrue();
        assertThat(MacAddress.parse("02:01:01:01:01:01").isMulticast()).isFalse();
    }

    @Test
    void rangesIncludeBothEnds() {
        Ipv4Range range = new Ipv4Range(Ipv4Address.parse("10.0.0.10"), Ipv4Address.parse("10.0.0.19"));

        assertThat(range.size()).isEqualTo(10);
        assertThat(range.contains(range.start())).isTrue();
        assertThat(range.contains(range.end())).isTrue();
        assertThat(range.contains(range.end().plus(1))).isFalse();
        assertThat(range.overlaps(new Ipv4Range(range.end(), range.end()))).isTrue();
        assertThat(range.overlaps(new Ipv4Range(range.end().plus(1), range.end().plus(2))))
                .isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ipv4Range(range.end(), range.start()))
                .withMessageContaining("ends before it starts");
    }

    private static Object parse(String type, String text) {
        return Objects.requireNonNull(PARSERS.get(type), type).apply(text);
    }
}
