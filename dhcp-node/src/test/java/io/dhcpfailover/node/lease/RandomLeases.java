package io.dhcpfailover.node.lease;

import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.Clients;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.ConflictDetection;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.OnLeave;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.Range;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.State;
import io.dhcpfailover.api.v1alpha1.PartnerCopy;
import io.dhcpfailover.api.v1alpha1.Reservation;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.api.value.LeaseDuration;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.lease.BindingTable.Client;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Scopes and clients for the tests of this package. */
final class RandomLeases {

    private RandomLeases() {}

    /** A scope of a subnet with up to 16 addresses to give, some of them excluded or reserved. */
    static ServedScope scope(RandomGenerator random, String name, String subnet) {
        Ipv4Prefix prefix = Ipv4Prefix.parse(subnet);
        Ipv4Address first = prefix.network().plus(10 + random.nextInt(4));
        List<Range> exclusions = new ArrayList<>();
        if (random.nextBoolean()) {
            Ipv4Address start = first.plus(random.nextInt(8));
            exclusions.add(new Range(start, start.plus(random.nextInt(3))));
        }
        List<Reservation> reservations = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            reservations.add(
                    new Reservation(first.plus(2L * i), new MacAddress(0x0200_5E00_5300L + i), null, null, null));
        }
        return scope(name, prefix, new Range(first, first.plus(random.nextInt(13))), exclusions, reservations);
    }

    static ServedScope scope(
            String name, Ipv4Prefix subnet, Range range, List<Range> exclusions, List<Reservation> reservations) {
        return ServedScope.of(
                new ObjectName(name),
                new DhcpScopeSpec(
                        subnet,
                        List.of(range),
                        exclusions,
                        new LeaseDuration(3600),
                        null,
                        reservations,
                        State.Active,
                        Clients.DHCP,
                        new ConflictDetection(0, Duration.ofSeconds(1)),
                        null,
                        new ObjectName("dhcp1"),
                        null,
                        new OnLeave(ServerRole.Primary, PartnerCopy.Delete)));
    }

    /** The client of a number: known by its hardware address, or by an identifier beside hardware that others share. */
    static Client client(int number) {
        HardwareAddress own = HardwareAddress.of(new MacAddress(0x0200_5E00_0000L + number));
        HardwareAddress shared = HardwareAddress.of(new MacAddress(0x0200_5E00_0000L + number % 2));
        ClientIdentifier identifier = ClientIdentifier.of(new byte[] {0, (byte) (number >> 8), (byte) number});
        return switch (number % 3) {
            case 0 -> new Client(ClientIdentity.of(own), false, own, ClientDetails.none(), false);
            case 1 -> new Client(ClientIdentity.of(identifier, shared), true, shared, ClientDetails.none(), false);
            default -> new Client(ClientIdentity.of(own), true, shared, ClientDetails.none(), true);
        };
    }

    /** Any client that a packet may come from: hardware of any type and length, identifiers and options of any length. */
    static Client anyClient(RandomGenerator random) {
        HardwareAddress hardware =
                HardwareAddress.of(random.nextInt(256), octets(random, random.nextInt(HardwareAddress.LENGTH_MAX + 1)));
        ClientIdentifier identifier = random.nextBoolean()
                ? null
                : ClientIdentifier.of(octets(random, random.nextInt(ClientIdentifier.LENGTH_MIN, 256)));
        return new Client(
                ClientIdentity.of(identifier, hardware),
                identifier != null,
                hardware,
                anyDetails(random, hardware),
                random.nextBoolean());
    }

    private static ClientDetails anyDetails(RandomGenerator random, HardwareAddress hardware) {
        Options.Builder options = new Options.Builder();
        for (DhcpOption<?> option : List.of(
                DhcpOption.HOST_NAME,
                DhcpOption.VENDOR_CLASS_IDENTIFIER,
                DhcpOption.CLIENT_FQDN,
                DhcpOption.RELAY_AGENT_INFORMATION)) {
            if (random.nextBoolean()) {
                options.put(option.code(), octets(random, random.nextInt(300)));
            }
        }
        Ipv4Address none = Ipv4Address.UNSPECIFIED;
        DhcpPacket packet = new DhcpPacket(
                DhcpPacket.Op.BOOTREQUEST, 0, 0, 0, 0, none, none, none, none, hardware, "", "", options.build());
        return ClientDetails.of(packet, random.nextBoolean(), ClientDetails.none());
    }

    static byte[] octets(RandomGenerator random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }
}
