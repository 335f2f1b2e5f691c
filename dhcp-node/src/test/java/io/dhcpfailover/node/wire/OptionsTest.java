package io.dhcpfailover.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.DomainName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each known option: its value in octets, and octets that are none. */
class OptionsTest {

    /** Every option that has a name. */
    static final List<DhcpOption<?>> KNOWN = Arrays.stream(DhcpOption.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .<DhcpOption<?>>map(OptionsTest::valueOf)
            .toList();

    private static DhcpOption<?> valueOf(Field field) {
        try {
            return (DhcpOption<?>) Objects.requireNonNull(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final Ipv4Address A = Ipv4Address.parse("192.0.2.1");
    private static final Ipv4Address B = Ipv4Address.parse("198.51.100.2");

    @ParameterizedTest
    @MethodSource
    <T> void isWrittenAndRead(DhcpOption<T> option, T value, String hex) {
        Options options = new Options.Builder().put(option, value).build();

        assertThat(options).hasToString("{" + option.code() + "=" + hex + "}");
        assertThat(options.get(option)).isEqualTo(value);
    }

    static Stream<Arguments> isWrittenAndRead() {
        return Stream.of(
                Arguments.of(DhcpOption.SUBNET_MASK, A, "c0000201"),
                Arguments.of(DhcpOption.ROUTERS, List.of(A, B), "c0000201c6336402"),
                Arguments.of(DhcpOption.DNS_SERVERS, List.of(A), "c0000201"),
                Arguments.of(DhcpOption.LOG_SERVERS, List.of(A), "c0000201"),
                Arguments.of(DhcpOption.HOST_NAME, "grün", "6772c3bc6e"),
                Arguments.of(DhcpOption.DOMAIN_NAME, "example.org", "6578616d706c652e6f7267"),
                Arguments.of(DhcpOption.MTU, 1400, "0578"),
                Arguments.of(DhcpOption.BROADCAST_ADDRESS, A, "c0000201"),
                Arguments.of(DhcpOption.NTP_SERVERS, List.of(A), "c0000201"),
                Arguments.of(DhcpOption.VENDOR_SPECIFIC_INFORMATION, new byte[] {1, 2}, "0102"),
                Arguments.of(DhcpOption.NETBIOS_NAME_SERVERS, List.of(A), "c0000201"),
                Arguments.of(DhcpOption.NETBIOS_NODE_TYPE, 8, "08"),
                Arguments.of(DhcpOption.REQUESTED_ADDRESS, B, "c6336402"),
                Arguments.of(DhcpOption.LEASE_TIME, 0xFFFF_FFFFL, "ffffffff"),
                Arguments.of(DhcpOption.OVERLOAD, 3, "03"),
                Arguments.of(DhcpOption.MESSAGE_TYPE, MessageType.LEASEACTIVE, "0d"),
                Arguments.of(DhcpOption.SERVER_IDENTIFIER, A, "c0000201"),
                Arguments.of(DhcpOption.PARAMETER_REQUEST_LIST, new byte[] {3, 1, 6}, "030106"),
                Arguments.of(DhcpOption.MESSAGE, "no", "6e6f"),
                Arguments.of(DhcpOption.MAXIMUM_MESSAGE_SIZE, 1500, "05dc"),
                Arguments.of(DhcpOption.RENEWAL_TIME, 60L, "0000003c"),
                Arguments.of(DhcpOption.REBINDING_TIME, 105L, "00000069"),
                Arguments.of(DhcpOption.VENDOR_CLASS_IDENTIFIER, new byte[] {'M', 'S'}, "4d53"),
                Arguments.of(DhcpOption.CLIENT_IDENTIFIER, ClientIdentifier.parse("01:0a"), "010a"),
                Arguments.of(DhcpOption.TFTP_SERVER_NAME, "t", "74"),
                Arguments.of(DhcpOption.BOOT_FILE_NAME, "b", "62"),
                // RFC 4702, sections 2 and 3: a fully qualified name, a partial one, and the deprecated ASCII.
                Arguments.of(
                        DhcpOption.CLIENT_FQDN,
                        new ClientFqdn(true, false, false, true, new DomainName("a.org.")),
                        "05ffff0161036f726700"),
                Arguments.of(
                        DhcpOption.CLIENT_FQDN,
                        new ClientFqdn(false, false, true, true, new DomainName("a")),
                        "0cffff0161"),
                Arguments.of(
                        DhcpOption.CLIENT_FQDN,
                        new ClientFqdn(false, true, false, false, new DomainName("a.org")),
                        "02ffff612e6f7267"),
                Arguments.of(DhcpOption.CLIENT_FQDN, new ClientFqdn(true, false, false, true, null), "05ffff"),
                Arguments.of(DhcpOption.CLIENT_LAST_TRANSACTION_TIME, 1L, "00000001"),
                Arguments.of(DhcpOption.ASSOCIATED_ADDRESSES, List.of(A), "c0000201"),
                Arguments.of(DhcpOption.POSIX_TIMEZONE, "Z", "5a"),
                Arguments.of(DhcpOption.TIMEZONE_NAME, "Z", "5a"),
                Arguments.of(DhcpOption.IPV6_ONLY_PREFERRED, 1800L, "00000708"),
                Arguments.of(DhcpOption.CAPTIVE_PORTAL, "urn:a", "75726e3a61"),
                Arguments.of(DhcpOption.AUTO_CONFIGURE, true, "01"),
                Arguments.of(DhcpOption.AUTO_CONFIGURE, false, "00"),
                Arguments.of(DhcpOption.SUBNET_SELECTION, A, "c0000201"),
                Arguments.of(
                        DhcpOption.DOMAIN_SEARCH,
                        List.of(new DomainName("a.org"), new DomainName("b")),
                        "0161036f726700016200"),
                // RFC 3442: 0/0, 10/8, 10.0.0/24, 10.17/16 and 10.198.122.47/32 take 0 to 4 octets.
                Arguments.of(
                        DhcpOption.CLASSLESS_ROUTES,
                        List.of(
                                route("0.0.0.0/0"),
                                route("10.0.0.0/8"),
                                route("10.0.0.0/24"),
                                route("10.17.0.0/16"),
                                route("10.198.122.47/32")),
                        "00c0000201" + "080ac0000201" + "180a0000c0000201" + "100a11c0000201" + "200ac67a2fc0000201"),
                Arguments.of(DhcpOption.TFTP_SERVER_ADDRESSES, List.of(A, B), "c0000201c6336402"));
    }

    private static ClasslessRoute route(String destination) {
        return new ClasslessRoute(Ipv4Prefix.parse(destination), A);
    }

    @Test
    void everyKnownOptionIsInTheTable() {
        List<DhcpOption<?>> tested = isWrittenAndRead()
                .<DhcpOption<?>>map(arguments ->
                        (DhcpOption<?>) Objects.requireNonNull(arguments.get()[0]))
                .toList();

        assertThat(KNOWN)
                .hasSizeGreaterThan(35)
                .filteredOn(option -> !tested.contains(option))
                .containsExactly(DhcpOption.RELAY_AGENT_INFORMATION);
    }

    @ParameterizedTest
    @CsvSource({
        "1, c00002",
        "3, ''",
        "3, c0000201c6",
        "12, ''",
        "12, 0000",
        "26, 05",
        "51, 00003c",
        "53, 00",
        "53, 0e",
        "53, ff",
        "61, 01",
        "81, 0400",
        "81, 04ffff4061",
        "81, 00ffff2e",
        "82, ''",
        "82, 0102",
        "82, 010561",
        "116, 02",
        "119, ''",
        "119, 00",
        "119, 0161",
        "119, c000",
        "119, 0161c003",
        "119, 03612e6200",
        "81, 040000026100",
        "81, 040000036100c003",
        "81, 04000002612e00",
        "119, 0161c0",
        "119, 4061",
        "121, ''",
        "121, 21c0000201",
        "121, 080ac00002"
    })
    void octetsThatAreNoSuchValueAreNone(int code, String hex) {
        Options options =
                new Options.Builder().put(code, HexFormat.of().parseHex(hex)).build();
        DhcpOption<?> known =
                KNOWN.stream().filter(option -> option.code() == code).findAny().orElseThrow();

        assertThat(options.has(known)).isTrue();
        assertThat((Object) options.get(known)).isNull();
    }

    /** RFC 3397, section 2.1: the search list of eng.apple.com. and marketing.apple.com., compressed. */
    @Test
    void pointersAreRead() {
        byte[] octets = HexFormat.of().parseHex("03656e67056170706c6503636f6d00" + "096d61726b6574696e67c004");
        Options options = new Options.Builder().put(119, octets).build();

        assertThat(options.get(DhcpOption.DOMAIN_SEARCH))
                .containsExactly(new DomainName("eng.apple.com"), new DomainName("marketing.apple.com"));
    }

    @Test
    void zerosAtTheEndOfATextAreNoPartOfIt() {
        assertThat(new Options.Builder().put(12, new byte[] {'a', 0, 0}).build().get(DhcpOption.HOST_NAME))
                .isEqualTo("a");
    }

    @Test
    void subOptionsOfARelay() {
        Options options = new Options.Builder()
                .put(
                        82,
                        HexFormat.of().parseHex("0103657468" + "02020102" + "0504c0000201" + "060161" + "0b04c6336402"))
                .build();
        RelayAgentInformation information = options.get(DhcpOption.RELAY_AGENT_INFORMATION);

        assertThat(information).isNotNull();
        assertThat(information.circuitId()).containsExactly('e', 't', 'h');
        assertThat(information.remoteId()).containsExactly(1, 2);
        assertThat(information.linkSelection()).isEqualTo(A);
        assertThat(information.subscriberId()).containsExactly('a');
        assertThat(information.serverIdentifierOverride()).isEqualTo(B);
    }

    @Test
    void padAndEndAreNoOptions() {
        Options.Builder builder = new Options.Builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.put(0, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.put(255, new byte[0]));
    }

    @Test
    void whatAClientSentIsNeverPrintedAsItIs() {
        Options options = new Options.Builder()
                .put(DhcpOption.HOST_NAME, "\u001b[31m\nforged line")
                .build();

        assertThat(options.toString()).matches("\\{12=[0-9a-f]+}");
    }
}
