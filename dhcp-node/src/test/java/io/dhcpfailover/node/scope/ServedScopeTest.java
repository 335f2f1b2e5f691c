package io.dhcpfailover.node.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dhcpfailover.api.testing.ManifestCase;
import io.dhcpfailover.api.testing.RandomSpecs;
import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.Options;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients of a scope are told, who has a reservation, and which scope an address belongs to. */
class ServedScopeTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final HardwareAddress PRINTER = HardwareAddress.of(MacAddress.parse("02:00:5e:00:53:01"));
    private static final HardwareAddress SOMEBODY = HardwareAddress.of(MacAddress.parse("02:00:5e:00:53:99"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    routers: [192.0.2.1, 192.0.2.2]                                       | 3   | c0000201c0000202
                    dnsServers: [198.51.100.53]                                           | 6   | c6336435
                    logServers: [192.0.2.3]                                               | 7   | c0000203
                    domainName: a.org                                                     | 15  | 612e6f7267
                    mtu: 1400                                                             | 26  | 0578
                    broadcastAddress: 192.0.2.255                                         | 28  | c00002ff
                    ntpServers: [192.0.2.4]                                               | 42  | c0000204
                    vendorSpecificInformation: 0104C0000201                               | 43  | 0104c0000201
                    netbiosNameServers: [192.0.2.6]                                       | 44  | c0000206
                    netbiosNodeType: B                                                    | 46  | 01
                    netbiosNodeType: P                                                    | 46  | 02
                    netbiosNodeType: M                                                    | 46  | 04
                    netbiosNodeType: H                                                    | 46  | 08
                    tftpServer: t                                                         | 66  | 74
                    bootFile: b                                                           | 67  | 62
                    posixTimezone: Z                                                      | 100 | 5a
                    timezoneName: Z                                                       | 101 | 5a
                    ipv6OnlyPreferred: 30m                                                | 108 | 00000708
                    captivePortal: 'urn:a'                                                | 114 | 75726e3a61
                    autoConfigure: false                                                  | 116 | 00
                    domainSearch: [a.org, b]                                              | 119 | 0161036f726700016200
                    classlessRoutes: [{destination: 10.0.0.0/8, router: 192.0.2.1}]       | 121 | 080ac0000201
                    tftpServerAddresses: [192.0.2.8]                                      | 150 | c0000208
                    custom: [{code: 224, type: IPv4Address, value: '192.0.2.1,192.0.2.2'}] | 224 | c0000201c0000202
                    custom: [{code: 224, type: Text, value: 'ü'}]                         | 224 | c3bc
                    custom: [{code: 224, type: Hex, value: 00fF}]                         | 224 | 00ff
                    custom: [{code: 224, type: Boolean, value: 'true'}]                   | 224 | 01
                    custom: [{code: 224, type: DomainName, value: a.org}]                 | 224 | 0161036f726700
                    custom: [{code: 224, type: Uint8, value: '255'}]                      | 224 | ff
                    custom: [{code: 224, type: Uint16, value: '65535'}]                   | 224 | ffff
                    custom: [{code: 224, type: Uint32, value: '4294967295'}]              | 224 | ffffffff
                    custom: [{code: 2, type: Int32, value: '-3600'}]                      | 2   | fffff1f0
                    """, quoteCharacter = '`')
    void everyOptionOfTheApiIsWritten(String option, int code, String octets) throws Exception {
        Options options = scope("options: {" + option + "}").answer().options();

        assertThat(options).hasToString("{1=ffffff00, " + code + "=" + octets + "}");
    }

    @Test
    void theBootServerIsAField() throws Exception {
        assertThat(scope("options: {bootServer: 192.0.2.7}").answer().bootServer())
                .hasToString("192.0.2.7");
        assertThat(scope("leaseDuration: 2m").answer().bootServer()).isEqualTo(Ipv4Address.UNSPECIFIED);
    }

    @Test
    void aReservationTellsItsOwnOptionsInPlaceOfTheScopes() throws Exception {
        ServedScope scope = scope("""
                options: {routers: [192.0.2.1], domainName: a.org, bootServer: 192.0.2.7}
                reservations:
                  - {address: 192.0.2.5, macAddress: "02:00:5e:00:53:01", hostname: printer, options: {routers: [192.0.2.2], bootServer: 192.0.2.8}}
                """);
        ServedScope.ReservedAddress reserved = scope.reservationOf(null, PRINTER);

        assertThat(reserved).isNotNull();
        assertThat(reserved.address()).hasToString("192.0.2.5");
        assertThat(reserved.answer().options().get(DhcpOption.ROUTERS)).containsExactly(Ipv4Address.parse("192.0.2.2"));
        assertThat(reserved.answer().options().get(DhcpOption.DOMAIN_NAME)).isEqualTo("a.org");
        assertThat(reserved.answer().options().get(DhcpOption.HOST_NAME)).isEqualTo("printer");
        assertThat(reserved.answer().bootServer()).hasToString("192.0.2.8");
        assertThat(scope.isReserved(reserved.address())).isTrue();
    }

    @Test
    void aClientIdentifierGoesBeforeAHardwareAddress() throws Exception {
        ServedScope scope = scope("""
                reservations:
                  - {address: 192.0.2.5, macAddress: "02:00:5e:00:53:01"}
                  - {address: 192.0.2.6, clientId: "00:70:72"}
                """);
        ClientIdentifier identifier = ClientIdentifier.parse("00:70:72");
        ClientIdentifier other = ClientIdentifier.parse("ff:01");

        assertThat(addressOf(scope, identifier, PRINTER)).isEqualTo("192.0.2.6");
        assertThat(addressOf(scope, identifier, SOMEBODY)).isEqualTo("192.0.2.6");
        assertThat(addressOf(scope, other, PRINTER)).isEqualTo("192.0.2.5");
        assertThat(scope.reservationOf(other, SOMEBODY)).isNull();
        assertThat(scope.reservationOf(null, HardwareAddress.of(6, new byte[6])))
                .isNull();
    }

    @Test
    void anIdentifierOfAHardwareAddressIsThatClient() throws Exception {
        ServedScope scope = scope("reservations: [{address: 192.0.2.5, clientId: '01:02:00:5e:00:53:01'}]");

        assertThat(scope.reservationOf(null, PRINTER)).isNotNull();
        assertThat(scope.reservationOf(null, SOMEBODY)).isNull();
    }

    private static String addressOf(ServedScope scope, ClientIdentifier identifier, HardwareAddress hardware) {
        return Objects.requireNonNull(scope.reservationOf(identifier, hardware))
                .address()
                .toString();
    }

    @Test
    void everyScopeThatTheApiAcceptsCanBeServed() throws JsonProcessingException {
        Seeds.forEach(1_000, random -> assertServed(new RandomSpecs(random).scopeSpec()));
        for (ManifestCase manifest : ManifestCase.all()) {
            if (manifest.kind().equals("DhcpScope") && manifest.refused() == null) {
                assertServed(Objects.requireNonNull(
                        YAML.treeToValue(manifest.manifest(), DhcpScope.class).getSpec()));
            }
        }
    }

    private static void assertServed(DhcpScopeSpec spec) {
        ServedScope scope = ServedScope.of(new ObjectName("scope"), spec);

        assertThat(scope.answer().options().get(DhcpOption.SUBNET_MASK))
                .isEqualTo(spec.subnet().mask());
        for (int place = 0; place < Math.min(scope.pool().size(), 1000); place++) {
            assertThat(spec.subnet().contains(scope.pool().addressAt(place))).isTrue();
        }
        assertThat(spec.reservations())
                .allSatisfy(reservation ->
                        assertThat(scope.isReserved(reservation.address())).isTrue());
    }

    @Test
    void anAddressBelongsToTheScopeWhoseSubnetHasIt() throws Exception {
        ServedScope office = scope("subnet: 192.0.2.0/25");
        ServedScope branch = scope("subnet: 198.51.100.0/24");
        ScopeTable table = new ScopeTable(List.of(branch, office));

        assertThat(table.ofAddress(Ipv4Address.parse("192.0.2.0"))).isSameAs(office);
        assertThat(table.ofAddress(Ipv4Address.parse("192.0.2.127"))).isSameAs(office);
        assertThat(table.ofAddress(Ipv4Address.parse("192.0.2.128"))).isNull();
        assertThat(table.ofAddress(Ipv4Address.parse("198.51.100.77"))).isSameAs(branch);
        assertThat(table.ofAddress(Ipv4Address.parse("10.0.0.1"))).isNull();
        assertThat(table.scopes()).containsExactly(office, branch);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.0/24, 192.0.2.0/25", "192.0.2.128/25, 192.0.2.0/24", "192.0.2.0/24, 192.0.2.0/24"})
    void scopesThatOverlapAreRefused(String one, String other) throws Exception {
        List<ServedScope> scopes = List.of(scope("subnet: " + one), scope("subnet: " + other));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScopeTable(scopes))
                .withMessageContaining("the scopes scope (" + one + ") and scope (" + other + ") overlap");
    }

    private static ServedScope scope(String spec) throws JsonProcessingException {
        String subnet = spec.contains("subnet:") ? "" : "subnet: 192.0.2.0/24\n";
        return ServedScope.of(
                new ObjectName("scope"), YAML.readValue(subnet + "server: dhcp1\n" + spec, DhcpScopeSpec.class));
    }
}
