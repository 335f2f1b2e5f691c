package io.dhcpfailover.node.scope;

import io.dhcpfailover.api.v1alpha1.CustomOption;
import io.dhcpfailover.api.v1alpha1.DhcpOptions;
import io.dhcpfailover.api.v1alpha1.DhcpOptions.NetbiosNodeType;
import io.dhcpfailover.api.value.DomainName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.wire.ClasslessRoute;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.Options;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The options of the API as those of a packet. The boot server is none of them: it is a field of the packet. */
final class OptionCompiler {

    private OptionCompiler() {}

    /** Adds the options to a packet's, in place of those that are there. */
    static void addTo(Options.Builder target, DhcpOptions options) {
        put(target, DhcpOption.ROUTERS, options.routers());
        put(target, DhcpOption.DNS_SERVERS, options.dnsServers());
        put(target, DhcpOption.LOG_SERVERS, options.logServers());
        put(target, DhcpOption.DOMAIN_NAME, text(options.domainName()));
        put(target, DhcpOption.MTU, options.mtu());
        put(target, DhcpOption.BROADCAST_ADDRESS, options.broadcastAddress());
        put(target, DhcpOption.NTP_SERVERS, options.ntpServers());
        put(target, DhcpOption.VENDOR_SPECIFIC_INFORMATION, hexadecimal(options.vendorSpecificInformation()));
        put(target, DhcpOption.NETBIOS_NAME_SERVERS, options.netbiosNameServers());
        put(target, DhcpOption.NETBIOS_NODE_TYPE, nodeType(options.netbiosNodeType()));
        put(target, DhcpOption.TFTP_SERVER_NAME, options.tftpServer());
        put(target, DhcpOption.BOOT_FILE_NAME, options.bootFile());
        put(target, DhcpOption.POSIX_TIMEZONE, options.posixTimezone());
        put(target, DhcpOption.TIMEZONE_NAME, options.timezoneName());
        put(target, DhcpOption.IPV6_ONLY_PREFERRED, seconds(options.ipv6OnlyPreferred()));
        put(target, DhcpOption.CAPTIVE_PORTAL, options.captivePortal());
        put(target, DhcpOption.AUTO_CONFIGURE, options.autoConfigure());
        put(target, DhcpOption.DOMAIN_SEARCH, options.domainSearch());
        put(
                target,
                DhcpOption.CLASSLESS_ROUTES,
                options.classlessRoutes().stream()
                        .map(route -> new ClasslessRoute(route.destination(), route.router()))
                        .toList());
        put(target, DhcpOption.TFTP_SERVER_ADDRESSES, options.tftpServerAddresses());
        for (CustomOption custom : options.custom()) {
            target.put(custom.code(), octets(custom));
        }
    }

    private static <T> void put(Options.Builder target, DhcpOption<T> option, @Nullable T value) {
        if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
            target.put(option, value);
        }
    }

    private static @Nullable String text(@Nullable DomainName name) {
        return name == null ? null : name.text();
    }

    private static byte @Nullable [] hexadecimal(@Nullable String octets) {
        return octets == null ? null : HexFormat.of().parseHex(octets);
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }

    /** RFC 2132, section 8.7. */
    private static @Nullable Integer nodeType(@Nullable NetbiosNodeType type) {
        return switch (type) {
            case null -> null;
            case B -> 1;
            case P -> 2;
            case M -> 4;
            case H -> 8;
        };
    }

    private static byte[] octets(CustomOption custom) {
        String value = custom.value();
        return switch (custom.type()) {
            case IPv4Address -> addresses(value);
            case Text -> value.getBytes(StandardCharsets.UTF_8);
            case Hex -> HexFormat.of().parseHex(value);
            case Boolean -> new byte[] {(byte) (Boolean.parseBoolean(value) ? 1 : 0)};
            case DomainName -> domainName(value);
            case Uint8 -> new byte[] {(byte) Integer.parseInt(value)};
            case Uint16 ->
                ByteBuffer.allocate(2).putShort((short) Integer.parseInt(value)).array();
            case Uint32 ->
                ByteBuffer.allocate(4).putInt(Integer.parseUnsignedInt(value)).array();
            case Int32 -> ByteBuffer.allocate(4).putInt(Integer.parseInt(value)).array();
        };
    }

    private static byte[] addresses(String value) {
        List<Ipv4Address> addresses =
                Arrays.stream(value.split(",", -1)).map(Ipv4Address::parse).toList();
        return encoded(DhcpOption.ROUTERS, addresses);
    }

    private static byte[] domainName(String value) {
        return encoded(DhcpOption.DOMAIN_SEARCH, List.of(new DomainName(value)));
    }

    /** As an option of the same type is written. */
    private static <T> byte[] encoded(DhcpOption<T> like, T value) {
        return Objects.requireNonNull(
                new Options.Builder().put(like, value).build().octets(like.code()));
    }
}
