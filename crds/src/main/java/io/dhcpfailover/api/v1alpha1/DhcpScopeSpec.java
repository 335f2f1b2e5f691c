package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.schema.ListMap;
import io.dhcpfailover.api.schema.Rules;
import io.dhcpfailover.api.value.DurationText;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.api.value.LeaseDuration;
import io.dhcpfailover.api.value.ObjectName;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks of a scope.
 *
 * @param subnet the network; immutable
 * @param ranges the addresses that are given to clients; empty where every client has a reservation
 * @param exclusions addresses of the ranges that are given to nobody
 * @param leaseDuration for how long a client may use its address
 * @param options what clients are told
 * @param reservations the clients that always get the same address
 * @param state whether the scope is served
 * @param clients which protocol's clients are answered
 * @param conflictDetection whether an address is probed before it is offered
 * @param dnsUpdate where names are registered; null means nowhere
 * @param server the one DhcpServer that serves it
 * @param failoverRelationship the relationship that serves it
 * @param onLeave what happens to the copies when it leaves a relationship
 */
@ApiType
@JsonClassDescription("What is asked of the scope.")
@ValidationRule(
        value = "has(self.server) != has(self.failoverRelationship)",
        message = "give either server, the one DhcpServer that serves the scope, or failoverRelationship")
@ValidationRule(
        value = "self.subnet == oldSelf.subnet",
        message = "subnet is immutable, because leases depend on it: create another DhcpScope for the other network",
        fieldPath = ".subnet")
@ValidationRule(
        value = "!isCIDR(self.subnet) || " + DhcpScopeSpec.HAS_NETWORK,
        message =
                "subnet must have a prefix of 8 to 30 bits: others have too many addresses for one scope, or none for clients",
        fieldPath = ".subnet")
@ValidationRule(
        value = "!(" + DhcpScopeSpec.HAS_NETWORK
                + ") || [int(self.subnet.split('.')[0])].all(o, o > 0 && o < 224 && o != 127)",
        message = "subnet must be one of hosts: not of 0.0.0.0/8, 127.0.0.0/8, multicast or reserved addresses",
        fieldPath = ".subnet")
@ValidationRule(
        value =
                "(has(self.ranges) && self.ranges.size() > 0) || (has(self.reservations) && self.reservations.size() > 0)",
        message = "give ranges, or reservations for all clients: without either no client can get an address")
@ValidationRule(
        value =
                "!has(self.ranges) || !self.ranges.all(r, isIP(r.start) && ip(r.start).family() == 4 && isIP(r.end) && ip(r.end).family() == 4) || self.ranges.all(r, [r.start"
                        + Rules.AS_NUMBER + " <= [r.end" + Rules.AS_NUMBER + ")",
        message = "each of the ranges must start before or where it ends: exchange its start and end",
        fieldPath = ".ranges")
@ValidationRule(
        value =
                "!has(self.ranges) || !self.ranges.all(r, isIP(r.start) && ip(r.start).family() == 4 && isIP(r.end) && ip(r.end).family() == 4) || !("
                        + DhcpScopeSpec.HAS_NETWORK + ") || " + DhcpScopeSpec.NETWORK
                        + ".all(network, self.ranges.all(r, network[0] < [r.start" + Rules.AS_NUMBER + " && [r.end"
                        + Rules.AS_NUMBER + " < network[1]))",
        message = "ranges must lie inside the subnet, without its network and broadcast address",
        fieldPath = ".ranges")
@ValidationRule(
        value =
                "!has(self.ranges) || !self.ranges.all(r, isIP(r.start) && ip(r.start).family() == 4 && isIP(r.end) && ip(r.end).family() == 4) || [self.ranges.map(r, [[r.start"
                        + Rules.AS_NUMBER + ", [r.end" + Rules.AS_NUMBER
                        + "])].all(all, all.all(a, all.exists_one(b, a[0] <= b[1] && b[0] <= a[1])))",
        message = "ranges must not overlap: give each address in one of them only",
        fieldPath = ".ranges")
@ValidationRule(
        value =
                "!has(self.exclusions) || !self.exclusions.all(r, isIP(r.start) && ip(r.start).family() == 4 && isIP(r.end) && ip(r.end).family() == 4) || self.exclusions.all(r, [r.start"
                        + Rules.AS_NUMBER + " <= [r.end" + Rules.AS_NUMBER + ")",
        message = "each of the exclusions must start before or where it ends: exchange its start and end",
        fieldPath = ".exclusions")
@ValidationRule(
        value =
                "!has(self.exclusions) || !self.exclusions.all(r, isIP(r.start) && ip(r.start).family() == 4 && isIP(r.end) && ip(r.end).family() == 4) || !("
                        + DhcpScopeSpec.HAS_NETWORK + ") || " + DhcpScopeSpec.NETWORK
                        + ".all(network, self.exclusions.all(r, network[0] < [r.start" + Rules.AS_NUMBER + " && [r.end"
                        + Rules.AS_NUMBER + " < network[1]))",
        message = "exclusions must lie inside the subnet, without its network and broadcast address",
        fieldPath = ".exclusions")
@ValidationRule(
        value =
                "!has(self.exclusions) || !self.exclusions.all(r, isIP(r.start) && ip(r.start).family() == 4 && isIP(r.end) && ip(r.end).family() == 4) || [self.exclusions.map(r, [[r.start"
                        + Rules.AS_NUMBER + ", [r.end" + Rules.AS_NUMBER
                        + "])].all(all, all.all(a, all.exists_one(b, a[0] <= b[1] && b[0] <= a[1])))",
        message = "exclusions must not overlap: give each address in one of them only",
        fieldPath = ".exclusions")
@ValidationRule(
        value = "!has(self.reservations) || !(" + DhcpScopeSpec.HAS_NETWORK + ") || " + DhcpScopeSpec.NETWORK
                + ".all(network, self.reservations.all(r, !isIP(r.address) || ip(r.address).family() != 4 || [[r.address"
                + Rules.AS_NUMBER
                + "].all(a, network[0] < a && a < network[1])))",
        message =
                "each reservation's address must lie inside the subnet and be neither its network nor its broadcast address",
        fieldPath = ".reservations")
@ValidationRule(
        value =
                "!has(self.reservations) || self.reservations.transformMapEntry(i, r, has(r.macAddress) || has(r.clientId), {(has(r.macAddress) ? '01:' + r.macAddress : r.clientId).lowerAscii().replace('-', ':'): true}).size() >= 0",
        message =
                "each client may have one reservation in a scope; a clientId of 01 and a hardware address is the client with that macAddress",
        fieldPath = ".reservations")
public record DhcpScopeSpec(
        @Required @JsonPropertyDescription("The network, in CIDR notation. Immutable.")
        Ipv4Prefix subnet,

        @Size(max = 32) @JsonPropertyDescription(
                "The addresses that are given to clients. Required unless every client has a reservation.")
        List<Range> ranges,

        @Size(max = 64) @JsonPropertyDescription("Addresses of the ranges that are given to nobody.")
        List<Range> exclusions,

        @Default("8d")
        @JsonPropertyDescription(
                "For how long a client may use its address before it must have renewed it; at least 1m, or Unlimited.")
        LeaseDuration leaseDuration,

        @JsonPropertyDescription("What clients are told besides their address and the mask of the subnet.") @Nullable DhcpOptions options,

        @Size(max = 1000) @ListMap("address")
        @JsonPropertyDescription(
                "The clients that always get the same address, each known by its hardware address or its client identifier.")
        List<Reservation> reservations,

        @Default("Active")
        @JsonPropertyDescription(
                "Whether clients are answered. Inactive, the scope is kept and replicated and answers nobody.")
        State state,

        @Default("DHCP") @JsonPropertyDescription("Which protocol's clients are answered.")
        Clients clients,

        @JsonPropertyDescription("Whether an address is probed before it is offered.") @Default("{}")
        ConflictDetection conflictDetection,

        @JsonPropertyDescription("Where clients' names are registered (RFC 2136, 4702, 4703). Absent: nowhere.")
        @Nullable DnsUpdate dnsUpdate,

        @JsonPropertyDescription(
                "The one DhcpServer of this namespace that serves the scope; or give failoverRelationship.")
        @Nullable ObjectName server,

        @JsonPropertyDescription(
                "The DhcpFailoverRelationship of this namespace that serves the scope; or give server. May change while the scope is live.")
        @Nullable ObjectName failoverRelationship,

        @Default("{}")
        @JsonPropertyDescription("What happens to the copies of the scope when it leaves a relationship.")
        OnLeave onLeave) {

    /** Whether the subnet is such that {@link #NETWORK} exists. */
    static final String HAS_NETWORK =
            "isCIDR(self.subnet) && cidr(self.subnet).prefixLength() >= 8 && cidr(self.subnet).prefixLength() <= 30";

    /** The numbers of the subnet's network address and of its broadcast address; CEL has no powers of two. */
    static final String NETWORK = "[[self.subnet.split('/')[0]" + Rules.AS_NUMBER
            + "].map(first, [first, first + [16777216, 8388608, 4194304, 2097152, 1048576, 524288, 262144, 131072, 65536, 32768, 16384, 8192, 4096,"
            + " 2048, 1024, 512, 256, 128, 64, 32, 16, 8, 4][cidr(self.subnet).prefixLength() - 8] - 1])";

    /** Takes absent lists as empty, and what else is absent as its default. */
    public DhcpScopeSpec {
        leaseDuration = leaseDuration == null ? new LeaseDuration(691_200) : leaseDuration;
        state = state == null ? State.Active : state;
        clients = clients == null ? Clients.DHCP : clients;
        conflictDetection =
                conflictDetection == null ? new ConflictDetection(0, Duration.ofMillis(500)) : conflictDetection;
        onLeave = onLeave == null ? new OnLeave(ServerRole.Primary, PartnerCopy.Delete) : onLeave;
        ranges = ranges == null ? List.of() : List.copyOf(ranges);
        exclusions = exclusions == null ? List.of() : List.copyOf(exclusions);
        reservations = reservations == null ? List.of() : List.copyOf(reservations);
    }

    /**
     * Consecutive addresses.
     *
     * @param start the first
     * @param end the last
     */
    @ApiType
    public record Range(
            @Required @JsonPropertyDescription("The first address.")
            Ipv4Address start,

            @Required @JsonPropertyDescription("The last address, not before the first.")
            Ipv4Address end) {}

    /** Whether a scope is served. */
    public enum State {
        /** Clients are answered. */
        Active,
        /** Kept and replicated; nobody is answered. */
        Inactive
    }

    /** Which protocol's clients are answered. */
    public enum Clients {
        /** Those of RFC 2131. */
        DHCP,
        /** Those of RFC 951. */
        BOOTP,
        /** Both. */
        Both
    }

    /**
     * Whether an address is probed before it is offered.
     *
     * @param attempts how many ICMP echo requests are sent; 0 means none
     * @param timeout how long each waits for an answer
     */
    @ApiType
    public record ConflictDetection(
            @Default("0")
            @Min(0) @Max(5) @JsonPropertyDescription(
                    "How many ICMP echo requests must stay without an answer before an address is offered.")
            Integer attempts,

            @Default("500ms")
            @DurationText
            @ValidationRule(
                    value =
                            "self.matches('^([0-9]+(ms|s))+$') && [self.findAll('[0-9]+(ms|s)').map(part, part.endsWith('ms') ? int(part.substring(0, part.size() - 2)) : int(part.substring(0, part.size() - 1)) * 1000).sum()].all(ms, ms >= 10 && ms <= 5000)",
                    message =
                            "must be a duration from 10ms to 5s, such as 500ms: clients do not wait longer for an offer")
            @JsonPropertyDescription("How long each request waits for an answer, 10ms to 5s.")
            Duration timeout) {
        /** Takes what is absent as its default, where a document has not passed the schema. */
        public ConflictDetection {
            attempts = attempts == null ? 0 : attempts;
            timeout = timeout == null ? Duration.ofMillis(500) : timeout;
        }
    }

    /**
     * What happens to a scope that leaves a relationship.
     *
     * @param keepOn without effect: a scope that leaves says itself which server goes on serving it
     * @param partnerCopy what becomes of the copy on a server that it leaves
     */
    @ApiType
    public record OnLeave(
            @Default("Primary")
            @JsonPropertyDescription(
                    "Without effect: a scope that leaves a relationship says itself which server goes on serving it, by server or by failoverRelationship.")
            ServerRole keepOn,

            @Default("Delete")
            @JsonPropertyDescription(
                    "What becomes of the copy on a server that the scope leaves. Delete: it goes, with what was known of its leases. Disable: the server keeps it and answers nobody with it.")
            PartnerCopy partnerCopy) {
        /** Takes what is absent as its default, where a document has not passed the schema. */
        public OnLeave {
            keepOn = keepOn == null ? ServerRole.Primary : keepOn;
            partnerCopy = partnerCopy == null ? PartnerCopy.Delete : partnerCopy;
        }
    }
}
