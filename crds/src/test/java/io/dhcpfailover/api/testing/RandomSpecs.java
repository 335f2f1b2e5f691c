package io.dhcpfailover.api.testing;

import io.dhcpfailover.api.v1alpha1.CustomOption;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionSpec.Action;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpOptions;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.Range;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.DnsUpdate;
import io.dhcpfailover.api.v1alpha1.ExternalServer;
import io.dhcpfailover.api.v1alpha1.PartnerCopy;
import io.dhcpfailover.api.v1alpha1.PodTemplate;
import io.dhcpfailover.api.v1alpha1.Reservation;
import io.dhcpfailover.api.v1alpha1.SecretReference;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.v1alpha1.Storage;
import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.api.value.LeaseDuration;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.api.value.ZoneName;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random specs that the API accepts: every rule of the schema holds, every field occurs. */
public final class RandomSpecs extends RandomValues {

    private static final long MULTICAST_BIT = 1L << 40;

    /** Specs from this source; the same source in the same state gives the same ones. */
    public RandomSpecs(RandomGenerator random) {
        super(random);
    }

    /** What may be asked of a server. */
    public DhcpServerSpec serverSpec() {
        return random.nextInt(4) == 0 ? externalServer() : ownServer();
    }

    private DhcpServerSpec externalServer() {
        return new DhcpServerSpec(
                null,
                List.of(),
                null,
                null,
                647,
                true,
                List.of(),
                null,
                new ExternalServer(address(), port(), oneOf(ExternalServer.Protocol.values())),
                null);
    }

    private DhcpServerSpec ownServer() {
        return new DhcpServerSpec(
                name("node"),
                listOf(3, i -> new InterfaceName("eth" + i)),
                maybe(this::address),
                maybe(this::address),
                port(),
                random.nextBoolean(),
                listOf(3, i -> Ipv4Address.parse("198.51.100." + i)),
                maybe(this::storage),
                null,
                maybe(this::podTemplate));
    }

    private Storage storage() {
        return random.nextBoolean()
                ? new Storage(new Storage.HostPath("/var/lib/" + name("leases")), null)
                : new Storage(null, new Storage.Claim(name("claim")));
    }

    private PodTemplate podTemplate() {
        return new PodTemplate(
                maybe(() -> new PodTemplate.Resources(
                        Map.of("memory", new Quantity(number(1, 512) + "Mi"), "cpu", new Quantity("100m")),
                        random.nextBoolean() ? Map.of() : Map.of("memory", new Quantity("1Gi")))),
                listOf(
                        2,
                        i -> new PodTemplate.Toleration(
                                "key" + i,
                                maybe(() -> oneOf(PodTemplate.Toleration.Operator.values())),
                                maybe(() -> "value"),
                                maybe(() -> oneOf(PodTemplate.Toleration.Effect.values())),
                                maybe(() -> random.nextLong(1000)))),
                random.nextBoolean() ? Map.of("example.org/annotation", "value " + number(0, 9)) : Map.of(),
                maybe(() -> name("priority")));
    }

    /** What may be asked of a scope. */
    public DhcpScopeSpec scopeSpec() {
        Ipv4Prefix subnet = Ipv4Prefix.containing(address(), number(20, 26));
        // The subnet in sixteen parts: ranges in some of the first twelve, exclusions and reservations anywhere.
        long part = subnet.size() / 16;
        List<Range> ranges = partsOf(subnet, 0, 12, part);
        List<Reservation> reservations =
                listOf(4, i -> reservation(subnet.network().plus(part * 14 + i), i));
        boolean failover = random.nextBoolean();
        return new DhcpScopeSpec(
                subnet,
                ranges.isEmpty() && reservations.isEmpty() ? List.of(range(subnet, 0, part)) : ranges,
                partsOf(subnet, 0, 16, part),
                random.nextInt(5) == 0 ? LeaseDuration.UNLIMITED : new LeaseDuration(number(60, 1_000_000)),
                maybe(this::options),
                reservations,
                oneOf(DhcpScopeSpec.State.values()),
                oneOf(DhcpScopeSpec.Clients.values()),
                new DhcpScopeSpec.ConflictDetection(number(0, 5), Duration.ofMillis(number(10, 5000))),
                maybe(this::dnsUpdate),
                failover ? null : name("dhcp"),
                failover ? name("pair") : null,
                new DhcpScopeSpec.OnLeave(oneOf(ServerRole.values()), oneOf(PartnerCopy.values())));
    }

    private List<Range> partsOf(Ipv4Prefix subnet, int first, int last, long part) {
        return IntStream.range(first, last)
                .filter(i -> random.nextInt(4) == 0)
                .mapToObj(i -> range(subnet, i, part))
                .toList();
    }

    private static Range range(Ipv4Prefix subnet, int index, long part) {
        Ipv4Address start = subnet.network().plus(index * part + 1);
        return new Range(start, start.plus(part - 3));
    }

    private Reservation reservation(Ipv4Address address, int i) {
        boolean byMac = random.nextBoolean();
        return new Reservation(
                address,
                byMac ? new MacAddress((random.nextLong(1L << 40) << 3 | i) & ~MULTICAST_BIT) : null,
                byMac ? null : ClientIdentifier.of(bytes(number(2, 40), i)),
                maybe(this::domainName),
                maybe(this::options));
    }

    private DhcpOptions options() {
        return new DhcpOptions(
                addresses(),
                addresses(),
                addresses(),
                maybe(this::domainName),
                maybe(() -> number(68, 9000)),
                maybe(this::address),
                addresses(),
                maybe(() -> "0104c0000201"),
                addresses(),
                maybe(() -> oneOf(DhcpOptions.NetbiosNodeType.values())),
                maybe(() -> "tftp.example.org"),
                maybe(this::address),
                maybe(() -> "boot/pxelinux.0"),
                maybe(() -> "CET-1CEST,M3.5.0,M10.5.0/3"),
                maybe(() -> "Europe/Vienna"),
                maybe(() -> Duration.ofSeconds(number(300, 1_000_000))),
                maybe(() -> "https://portal.example.org/api"),
                maybe(random::nextBoolean),
                listOf(3, i -> domainName()),
                listOf(3, i -> new DhcpOptions.Route(Ipv4Prefix.containing(address(), number(0, 32)), address())),
                addresses(),
                customOptions());
    }

    private List<CustomOption> customOptions() {
        return Stream.of(
                        new CustomOption(224, CustomOption.Type.IPv4Address, address() + "," + address()),
                        new CustomOption(225, CustomOption.Type.Text, "ünïcode: \"quoted\" # text"),
                        new CustomOption(226, CustomOption.Type.Hex, "00ff7F"),
                        new CustomOption(227, CustomOption.Type.Boolean, String.valueOf(random.nextBoolean())),
                        new CustomOption(
                                228, CustomOption.Type.DomainName, domainName().text()),
                        new CustomOption(229, CustomOption.Type.Uint8, String.valueOf(number(0, 255))),
                        new CustomOption(230, CustomOption.Type.Uint16, String.valueOf(number(0, 65535))),
                        new CustomOption(231, CustomOption.Type.Uint32, "4294967295"))
                .filter(option -> random.nextInt(3) == 0)
                .toList();
    }

    private DnsUpdate dnsUpdate() {
        return new DnsUpdate(
                address(),
                port(),
                new ZoneName("example.org"),
                maybe(() -> new ZoneName("0/26.2.0.192.in-addr.arpa.")),
                maybe(() -> new SecretReference(name("tsig"))));
    }

    /** What may be asked of a relationship, without the annotation that allows a short MCLT. */
    public DhcpFailoverRelationshipSpec relationshipSpec() {
        boolean loadBalance = random.nextBoolean();
        return new DhcpFailoverRelationshipSpec(
                new ObjectName("primary-" + number(0, 99)),
                new ObjectName("secondary-" + number(0, 99)),
                loadBalance
                        ? DhcpFailoverRelationshipSpec.Mode.LoadBalance
                        : DhcpFailoverRelationshipSpec.Mode.HotStandby,
                loadBalance ? maybe(() -> number(0, 100)) : null,
                loadBalance ? null : maybe(() -> oneOf(ServerRole.values())),
                loadBalance ? null : maybe(() -> number(0, 100)),
                Duration.ofSeconds(number(300, 604_800)),
                maybe(() -> Duration.ofSeconds(number(10, 2_592_000))),
                random.nextBoolean(),
                new DhcpFailoverRelationshipSpec.MessageAuthentication(
                        random.nextBoolean(), maybe(() -> new SecretReference(name("secret")))),
                oneOf(DhcpFailoverRelationshipSpec.Replication.values()),
                Duration.ofSeconds(number(0, 255)),
                Duration.ofSeconds(number(1, 60)),
                new DhcpFailoverRelationshipSpec.OnDelete(oneOf(ServerRole.values()), oneOf(PartnerCopy.values())));
    }

    /** What may be asked for. */
    public DhcpFailoverActionSpec actionSpec() {
        Action action = oneOf(Action.values());
        boolean replicates = action == Action.ReplicateScopes;
        return new DhcpFailoverActionSpec(
                action,
                name("pair"),
                replicates ? null : name("dhcp"),
                replicates ? listOf(3, i -> new ObjectName("scope-" + i)) : List.of(),
                replicates ? maybe(() -> name("dhcp")) : null,
                action == Action.PartnerDown ? maybe(this::time) : null,
                maybe(() -> "because: of reasons"),
                Duration.ofSeconds(number(0, 1_000_000)));
    }
}
