package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.schema.ListMap;
import io.dhcpfailover.api.schema.Rules;
import io.dhcpfailover.api.value.DomainName;
import io.dhcpfailover.api.value.DurationText;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What clients are told (RFC 2132 where nothing else is named). Every option is absent unless it is given.
 *
 * @param routers option 3
 * @param dnsServers option 6
 * @param logServers option 7
 * @param domainName option 15
 * @param mtu option 26
 * @param broadcastAddress option 28
 * @param ntpServers option 42
 * @param vendorSpecificInformation option 43, in hexadecimal
 * @param netbiosNameServers option 44
 * @param netbiosNodeType option 46
 * @param tftpServer option 66
 * @param bootServer the field siaddr (RFC 2131, section 2)
 * @param bootFile option 67, or the field file
 * @param posixTimezone option 100 (RFC 4833)
 * @param timezoneName option 101 (RFC 4833)
 * @param ipv6OnlyPreferred option 108 (RFC 8925)
 * @param captivePortal option 114 (RFC 8910)
 * @param autoConfigure option 116 (RFC 2563)
 * @param domainSearch option 119 (RFC 3397)
 * @param classlessRoutes option 121 (RFC 3442)
 * @param tftpServerAddresses option 150 (RFC 5859)
 * @param custom any other
 */
@ApiType
public record DhcpOptions(
        @Size(max = 8) @JsonPropertyDescription("Routers on the subnet, the preferred one first (option 3).")
        List<Ipv4Address> routers,

        @Size(max = 8) @JsonPropertyDescription("Domain name servers, the preferred one first (option 6).")
        List<Ipv4Address> dnsServers,

        @Size(max = 8) @JsonPropertyDescription("Log servers (option 7).")
        List<Ipv4Address> logServers,

        @JsonPropertyDescription("The domain in which the client resolves names (option 15).") @Nullable DomainName domainName,

        @Min(68) @Max(65535) @JsonPropertyDescription("The MTU of the interface, in octets (option 26).") @Nullable Integer mtu,

        @JsonPropertyDescription("The broadcast address of the subnet (option 28).") @Nullable Ipv4Address broadcastAddress,

        @Size(max = 8) @JsonPropertyDescription("NTP servers, the preferred one first (option 42).")
        List<Ipv4Address> ntpServers,

        @Size(min = 2, max = 510) @ValidationRule(
                value = "self.matches('^([0-9A-Fa-f]{2})+$')",
                message = "must be octets in hexadecimal, such as 0104c0000201")
        @JsonPropertyDescription("Vendor specific information (option 43), in hexadecimal.")
        @Nullable String vendorSpecificInformation,

        @Size(max = 8) @JsonPropertyDescription("NetBIOS name servers, which Windows calls WINS (option 44).")
        List<Ipv4Address> netbiosNameServers,

        @JsonPropertyDescription("The NetBIOS node type (option 46).") @Nullable NetbiosNodeType netbiosNodeType,

        @Size(min = 1, max = 255) @JsonPropertyDescription("The name or address of the TFTP server (option 66).")
        @Nullable String tftpServer,

        @JsonPropertyDescription("The address of the server that the client boots from (the field siaddr).") @Nullable Ipv4Address bootServer,

        @Size(min = 1, max = 255) @JsonPropertyDescription("The file that the client boots (option 67, or the field file).")
        @Nullable String bootFile,

        @Size(min = 1, max = 255) @JsonPropertyDescription("The time zone as POSIX writes it (option 100).") @Nullable String posixTimezone,

        @Size(min = 1, max = 255) @JsonPropertyDescription("The time zone by its name, such as Europe/Vienna (option 101).")
        @Nullable String timezoneName,

        @DurationText
        @ValidationRule(
                value = Rules.IS_DURATION + " && [" + Rules.SECONDS + "].all(s, s >= 300 && s <= 4294967295)",
                message = "must be a duration of at least 5m, which is the least that RFC 8925 allows")
        @JsonPropertyDescription("For how long a client that can do without IPv4 does without (option 108).")
        @Nullable Duration ipv6OnlyPreferred,

        @Size(min = 1, max = 255) @ValidationRule(
                value =
                        "isURL(self) && (self.startsWith('urn:') || (self.startsWith('https://') && url(self).getHostname() != ''))",
                message = "must be a URI of https or a urn, such as https://portal.example.org/api")
        @JsonPropertyDescription("The URI of the captive portal API (option 114).")
        @Nullable String captivePortal,

        @JsonPropertyDescription("Whether a client that gets no address may give itself one (option 116).") @Nullable Boolean autoConfigure,

        @Size(max = 16) @JsonPropertyDescription("The domains in which short names are searched, in order (option 119).")
        List<DomainName> domainSearch,

        @Size(max = 32) @JsonPropertyDescription("Routes besides the default one; clients that read them ignore routers (option 121).")
        List<Route> classlessRoutes,

        @Size(max = 8) @JsonPropertyDescription("TFTP servers by address, for telephones (option 150).")
        List<Ipv4Address> tftpServerAddresses,

        @Size(max = 16) @ListMap("code") @JsonPropertyDescription("Any other option, by its code.")
        List<CustomOption> custom) {

    /** Takes absent lists as empty ones. */
    public DhcpOptions {
        routers = routers == null ? List.of() : List.copyOf(routers);
        dnsServers = dnsServers == null ? List.of() : List.copyOf(dnsServers);
        logServers = logServers == null ? List.of() : List.copyOf(logServers);
        ntpServers = ntpServers == null ? List.of() : List.copyOf(ntpServers);
        netbiosNameServers = netbiosNameServers == null ? List.of() : List.copyOf(netbiosNameServers);
        domainSearch = domainSearch == null ? List.of() : List.copyOf(domainSearch);
        classlessRoutes = classlessRoutes == null ? List.of() : List.copyOf(classlessRoutes);
        tftpServerAddresses = tftpServerAddresses == null ? List.of() : List.copyOf(tftpServerAddresses);
        custom = custom == null ? List.of() : List.copyOf(custom);
    }

    /** How a client resolves NetBIOS names (RFC 2132, section 8.7). */
    public enum NetbiosNodeType {
        /** By broadcast. */
        B,
        /** By name server. */
        P,
        /** By broadcast, then by name server. */
        M,
        /** By name server, then by broadcast. */
        H
    }

    /**
     * A route.
     *
     * @param destination where it leads; 0.0.0.0/0 is the default route
     * @param router by which router
     */
    @ApiType
    public record Route(
            @Required @JsonPropertyDescription("The network that it leads to; 0.0.0.0/0 is the default route.")
            Ipv4Prefix destination,

            @Required @JsonPropertyDescription("The router on the subnet; 0.0.0.0 means directly.")
            Ipv4Address router) {}
}
