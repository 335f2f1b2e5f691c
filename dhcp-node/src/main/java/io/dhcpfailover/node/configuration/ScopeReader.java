package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.v1alpha1.CustomOption;
import io.dhcpfailover.api.v1alpha1.DhcpOptions;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DnsUpdate;
import io.dhcpfailover.api.v1alpha1.PartnerCopy;
import io.dhcpfailover.api.v1alpha1.Reservation;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.DomainName;
import io.dhcpfailover.api.value.DurationFormat;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.api.value.LeaseDuration;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.api.value.ZoneName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the spec of a scope that passed the schema, as {@link SpecReader} reads others. */
final class ScopeReader {

    private ScopeReader() {}

    static DhcpScopeSpec scope(Map<String, Object> spec) {
        Fields fields = new Fields(spec);
        Fields detection = fields.object("conflictDetection");
        Fields onLeave = fields.object("onLeave");
        List<Reservation> reservations = new ArrayList<>();
        for (Fields reservation : fields.objects("reservations")) {
            reservations.add(reservation(reservation));
        }
        return new DhcpScopeSpec(
                Ipv4Prefix.parse(fields.text("subnet")),
                ranges(fields, "ranges"),
                ranges(fields, "exclusions"),
                LeaseDuration.parse(fields.text("leaseDuration")),
                options(fields),
                reservations,
                DhcpScopeSpec.State.valueOf(fields.text("state")),
                DhcpScopeSpec.Clients.valueOf(fields.text("clients")),
                new DhcpScopeSpec.ConflictDetection(
                        detection.number("attempts"), DurationFormat.parse(detection.text("timeout"))),
                fields.has("dnsUpdate") ? dnsUpdate(fields.object("dnsUpdate")) : null,
                fields.optionalName("server"),
                fields.optionalName("failoverRelationship"),
                new DhcpScopeSpec.OnLeave(
                        ServerRole.valueOf(onLeave.text("keepOn")), PartnerCopy.valueOf(onLeave.text("partnerCopy"))));
    }

    private static List<DhcpScopeSpec.Range> ranges(Fields fields, String name) {
        List<DhcpScopeSpec.Range> ranges = new ArrayList<>();
        for (Fields range : fields.objects(name)) {
            ranges.add(new DhcpScopeSpec.Range(
                    Ipv4Address.parse(range.text("start")), Ipv4Address.parse(range.text("end"))));
        }
        return ranges;
    }

    private static Reservation reservation(Fields fields) {
        return new Reservation(
                Ipv4Address.parse(fields.text("address")),
                fields.has("macAddress") ? MacAddress.parse(fields.text("macAddress")) : null,
                fields.has("clientId") ? ClientIdentifier.parse(fields.text("clientId")) : null,
                domain(fields, "hostname"),
                options(fields));
    }

    private static DnsUpdate dnsUpdate(Fields fields) {
        return new DnsUpdate(
                Ipv4Address.parse(fields.text("server")),
                fields.number("port"),
                fields.has("forwardZone") ? new ZoneName(fields.text("forwardZone")) : null,
                fields.has("reverseZone") ? new ZoneName(fields.text("reverseZone")) : null,
                SpecReader.secret(fields, "tsigSecretRef"));
    }

    /** The field options of a scope or a reservation; null where it is absent. */
    private static @Nullable DhcpOptions options(Fields of) {
        if (!of.has("options")) {
            return null;
        }
        Fields fields = of.object("options");
        return new DhcpOptions(
                fields.addresses("routers"),
                fields.addresses("dnsServers"),
                fields.addresses("logServers"),
                domain(fields, "domainName"),
                fields.optionalNumber("mtu"),
                fields.optionalAddress("broadcastAddress"),
                fields.addresses("ntpServers"),
                fields.optionalText("vendorSpecificInformation"),
                fields.addresses("netbiosNameServers"),
                fields.has("netbiosNodeType")
                        ? DhcpOptions.NetbiosNodeType.valueOf(fields.text("netbiosNodeType"))
                        : null,
                fields.optionalText("tftpServer"),
                fields.optionalAddress("bootServer"),
                fields.optionalText("bootFile"),
                fields.optionalText("posixTimezone"),
                fields.optionalText("timezoneName"),
                fields.has("ipv6OnlyPreferred") ? DurationFormat.parse(fields.text("ipv6OnlyPreferred")) : null,
                fields.optionalText("captivePortal"),
                fields.optionalTruth("autoConfigure"),
                domains(fields),
                routes(fields),
                fields.addresses("tftpServerAddresses"),
                custom(fields));
    }

    private static @Nullable DomainName domain(Fields fields, String name) {
        return fields.has(name) ? new DomainName(fields.text(name)) : null;
    }

    private static List<DomainName> domains(Fields fields) {
        List<DomainName> domains = new ArrayList<>();
        for (String domain : fields.texts("domainSearch")) {
            domains.add(new DomainName(domain));
        }
        return domains;
    }

    private static List<DhcpOptions.Route> routes(Fields fields) {
        List<DhcpOptions.Route> routes = new ArrayList<>();
        for (Fields route : fields.objects("classlessRoutes")) {
            routes.add(new DhcpOptions.Route(
                    Ipv4Prefix.parse(route.text("destination")), Ipv4Address.parse(route.text("router"))));
        }
        return routes;
    }

    private static List<CustomOption> custom(Fields fields) {
        List<CustomOption> options = new ArrayList<>();
        for (Fields option : fields.objects("custom")) {
            options.add(new CustomOption(
                    option.number("code"), CustomOption.Type.valueOf(option.text("type")), option.text("value")));
        }
        return options;
    }
}
