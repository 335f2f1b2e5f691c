package io.dhcpfailover.api.testing;

import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.CustomOption;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionSpec.Action;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionStatus;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.Counters;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.Effective;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.PartnerStatus;
import io.dhcpfailover.api.v1alpha1.DhcpOptions;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.Range;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerStatus;
import io.dhcpfailover.api.v1alpha1.DnsUpdate;
import io.dhcpfailover.api.v1alpha1.ExternalServer;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.v1alpha1.PartnerCopy;
import io.dhcpfailover.api.v1alpha1.PodTemplate;
import io.dhcpfailover.api.v1alpha1.Reservation;
import io.dhcpfailover.api.v1alpha1.SecretReference;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.v1alpha1.Storage;
import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.DomainName;
import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.api.value.LeaseDuration;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.api.value.ZoneName;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random objects that the API accepts: every rule of the schema holds, every field occurs. */
public final class RandomObjects {

    private static final long MULTICAST_BIT = 1L << 40;

    private final RandomGenerator random;

    /** Objects from this source; the same source in the same state gives the same objects. */
    public RandomObjects(RandomGenerator random) {
        this.random = random;
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

    /** What the operator may have seen of a relationship. */
    public DhcpFailoverRelationshipStatus relationshipStatus() {
        return new DhcpFailoverRelationshipStatus(
                random.nextLong(1, 1L << 40),
                oneOf(FailoverState.values()) + "/" + oneOf(FailoverState.values()),
                time(),
                maybe(() -> new Effective(
                        oneOf(DhcpFailoverRelationshipSpec.Mode.values()),
                        maybe(() -> number(0, 100)),
                        maybe(() -> oneOf(ServerRole.values())),
                        maybe(() -> number(0, 100)),
                        Duration.ofMinutes(number(5, 600)),
                        maybe(() -> Duration.ofSeconds(number(0, 1000))))),
                listOf(2, this::partnerStatus),
                number(0, 1000),
                number(0, 1000),
                random.nextLong(1L << 40),
                listOf(2, this::counters),
                conditions());
    }

    private List<Condition> conditions() {
        return listOf(
                3,
                i -> new Condition(
                        "Type" + i,
                        oneOf(Condition.Status.values()),
                        "Reason",
                        random.nextBoolean() ? "" : "A message: " + i,
                        time(),
                        maybe(() -> 3L)));
    }

    /** What the operator may have seen of a server. */
    public DhcpServerStatus serverStatus() {
        return new DhcpServerStatus(
                random.nextLong(1L << 40),
                maybe(this::address),
                maybe(() -> "0.1.0"),
                maybe(() -> number(0, 1000)),
                maybe(() -> random.nextLong(1L << 40)),
                listOf(
                        3,
                        i -> new DhcpServerStatus.Membership(
                                new ObjectName("pair-" + i),
                                oneOf(ServerRole.values()),
                                maybe(() -> oneOf(FailoverState.values())))),
                maybe(this::skew),
                conditions());
    }

    /** What the operator may have seen of a scope. */
    public DhcpScopeStatus scopeStatus() {
        return new DhcpScopeStatus(
                random.nextLong(1L << 40),
                maybe(() -> new DhcpScopeStatus.Statistics(
                        random.nextLong(1L << 40),
                        1L,
                        2L,
                        3L,
                        4L,
                        listOf(2, i -> new DhcpScopeStatus.FreeAddresses(new ObjectName("dhcp" + i), 1L, 2L)),
                        number(0, 100),
                        maybe(this::time))),
                listOf(
                        2,
                        i -> new DhcpScopeStatus.Replica(
                                new ObjectName("dhcp" + i),
                                maybe(() -> "sha256:00"),
                                maybe(() -> 7L),
                                maybe(this::time),
                                oneOf(DhcpScopeStatus.Replica.State.values()))),
                conditions());
    }

    /** How far a request may be. */
    public DhcpFailoverActionStatus actionStatus() {
        return new DhcpFailoverActionStatus(
                random.nextLong(1L << 40),
                maybe(() -> oneOf(DhcpFailoverActionStatus.Phase.values())),
                maybe(() -> "what happened: nothing"),
                maybe(this::time),
                maybe(this::time),
                random.nextBoolean() ? Map.of() : Map.of("clients", "12 of 12 answered"),
                conditions());
    }

    private Duration skew() {
        return Duration.ofMillis(random.nextLong(-1L << 40, 1L << 40));
    }

    private PartnerStatus partnerStatus(int i) {
        return new PartnerStatus(
                new ObjectName("dhcp" + i),
                oneOf(ServerRole.values()),
                maybe(() -> oneOf(FailoverState.values())),
                maybe(() -> oneOf(FailoverState.values())),
                maybe(this::time),
                maybe(() -> oneOf(FailoverState.values())),
                maybe(this::time),
                maybe(this::skew),
                maybe(() -> random.nextLong(1L << 40)),
                maybe(() -> random.nextLong(1L << 40)),
                maybe(() -> "sha256:" + Long.toHexString(random.nextLong())),
                maybe(this::time),
                maybe(this::time));
    }

    private Counters counters(int i) {
        long count = random.nextLong(1L << 40);
        return new Counters(
                new ObjectName("dhcp" + i),
                count,
                count + 1,
                count + 2,
                count + 3,
                count + 4,
                0L,
                1L,
                maybe(() -> 2L),
                count + 5,
                count + 6,
                count + 7,
                count + 8);
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

    private Instant time() {
        return Instant.ofEpochSecond(
                random.nextLong(1_700_000_000L, 2_000_000_000L),
                random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
    }

    private List<Ipv4Address> addresses() {
        return listOf(3, i -> address());
    }

    private Ipv4Address address() {
        return Ipv4Address.ofNumber(random.nextLong(1L << 24, 224L << 24));
    }

    private DomainName domainName() {
        return new DomainName(name("host") + (random.nextBoolean() ? ".example.org" : "._tcp.example.org."));
    }

    private ObjectName name(String prefix) {
        return new ObjectName(prefix + number(0, 999));
    }

    private int port() {
        return number(1, 65535);
    }

    private byte[] bytes(int length, int first) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = (byte) first;
        return bytes;
    }

    private int number(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private interface Item<T> {
        T of(int index);
    }

    private <T> List<T> listOf(int countMax, Item<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(countMax + 1); i > 0; i--) {
            items.add(item.of(i));
        }
        return items;
    }
}
