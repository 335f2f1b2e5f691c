package io.dhcpfailover.node.lease;

import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.Range;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.lease.BindingTable.Client;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.Options;
import java.util.List;
import java.util.Objects;

/** What many leases cost. The main method is to be run by hand, as with {@code -Xmx1g} and 2000000. */
final class LeaseMemory {

    private static final long NOW = 1_800_000_000L;

    private LeaseMemory() {}

    /** Prints the memory and the time of that many leases. */
    public static void main(String[] arguments) {
        int count = Integer.parseInt(arguments[0]);
        long time = System.nanoTime();
        long octets = octetsOfEach(count);
        System.out.printf("%d leases: %d octets each, %d ms%n", count, octets, (System.nanoTime() - time) / 1_000_000);
    }

    /** Octets of heap for each of so many leases of clients with Ethernet addresses and host names. */
    static long octetsOfEach(int count) {
        BindingTable table = new BindingTable(1);
        long before = used();
        ServedScope scope = RandomLeases.scope(
                "large",
                Ipv4Prefix.parse("10.0.0.0/8"),
                new Range(
                        Ipv4Address.parse("10.0.1.0"),
                        Ipv4Address.parse("10.0.1.0").plus(count - 1)),
                List.of(),
                List.of());
        table.serve(new ScopeTable(List.of(scope)));
        for (int i = 0; i < count; i++) {
            Binding binding = Objects.requireNonNull(table.nextFree(table.pool(scope)));
            table.bind(binding, client(i), NOW + 3600 + i % 1000, NOW);
        }
        long octets = (used() - before) / count;
        if (table.pool(scope).statistics().active() != count) {
            throw new IllegalStateException("not all of them are leases");
        }
        return octets;
    }

    private static Client client(int number) {
        HardwareAddress hardware = HardwareAddress.of(new MacAddress(0x0200_5E00_0000L + number));
        Options options = new Options.Builder()
                .put(DhcpOption.HOST_NAME, "desktop-%07d".formatted(number))
                .build();
        Ipv4Address none = Ipv4Address.UNSPECIFIED;
        DhcpPacket packet = new DhcpPacket(
                DhcpPacket.Op.BOOTREQUEST, 0, 0, 0, 0, none, none, none, none, hardware, "", "", options);
        return new Client(
                ClientIdentity.of(hardware),
                true,
                hardware,
                ClientDetails.of(packet, false, ClientDetails.none()),
                false);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        // Once is not always enough for what is unreachable to be gone.
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
