package io.dhcpfailover.node.scope;

import io.dhcpfailover.api.v1alpha1.DhcpOptions;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.Reservation;
import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Range;
import io.dhcpfailover.api.value.LeaseDuration;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.Options;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scope, made ready to be served: what a packet needs of it is found without a search. Immutable. */
public final class ServedScope {

    /**
     * What a client is told.
     *
     * @param options in the order of the API, the subnet mask first
     * @param bootServer the server that it boots from; 0.0.0.0 where there is none
     */
    public record Answer(Options options, Ipv4Address bootServer) {}

    /**
     * A client that always gets the same address.
     *
     * @param address the address
     * @param answer what it is told: the scope's answer, with its own options in place of the scope's
     */
    public record ReservedAddress(Ipv4Address address, Answer answer) {}

    private final ObjectName name;
    private final DhcpScopeSpec spec;
    private final AddressPool pool;
    private final Answer answer;
    private final Map<ClientIdentifier, ReservedAddress> byIdentifier = new HashMap<>();
    private final Map<MacAddress, ReservedAddress> byMacAddress = new HashMap<>();
    private final Map<Ipv4Address, ReservedAddress> byAddress = new HashMap<>();

    private ServedScope(ObjectName name, DhcpScopeSpec spec) {
        this.name = name;
        this.spec = spec;
        this.pool = AddressPool.of(ranges(spec.ranges()), ranges(spec.exclusions()));
        this.answer = answer(spec, null);
        for (Reservation reservation : spec.reservations()) {
            add(reservation);
        }
    }

    /**
     * The scope of this name, ready to be served.
     *
     * @throws IllegalArgumentException when the spec has a range that ends before it starts
     */
    public static ServedScope of(ObjectName name, DhcpScopeSpec spec) {
        return new ServedScope(name, spec);
    }

    private static List<Ipv4Range> ranges(List<DhcpScopeSpec.Range> ranges) {
        return ranges.stream()
                .map(range -> new Ipv4Range(range.start(), range.end()))
                .toList();
    }

    private static Answer answer(DhcpScopeSpec spec, @Nullable Reservation reservation) {
        Options.Builder options =
                new Options.Builder().put(DhcpOption.SUBNET_MASK, spec.subnet().mask());
        DhcpOptions general = spec.options();
        DhcpOptions own = reservation == null ? null : reservation.options();
        if (general != null) {
            OptionCompiler.addTo(options, general);
        }
        if (own != null) {
            OptionCompiler.addTo(options, own);
        }
        if (reservation != null && reservation.hostname() != null) {
            options.put(DhcpOption.HOST_NAME, reservation.hostname().text());
        }
        return new Answer(options.build(), bootServer(own, bootServer(general, Ipv4Address.UNSPECIFIED)));
    }

    private static Ipv4Address bootServer(@Nullable DhcpOptions options, Ipv4Address otherwise) {
        return options == null || options.bootServer() == null ? otherwise : options.bootServer();
    }

    private void add(Reservation reservation) {
        ReservedAddress reserved = new ReservedAddress(reservation.address(), answer(spec, reservation));
        byAddress.put(reservation.address(), reserved);
        if (reservation.clientId() != null) {
            byIdentifier.put(reservation.clientId(), reserved);
            byHardwareIn(reservation.clientId(), reserved);
        }
        if (reservation.macAddress() != null) {
            byMacAddress.put(reservation.macAddress(), reserved);
        }
    }

    /** An identifier of 01 and a hardware address is the client with that address (RFC 2132, section 9.14). */
    private void byHardwareIn(ClientIdentifier identifier, ReservedAddress reserved) {
        byte[] octets = identifier.octets();
        if (octets.length == 1 + MacAddress.LENGTH && octets[0] == HardwareAddress.ETHERNET) {
            byMacAddress.putIfAbsent(MacAddress.of(Arrays.copyOfRange(octets, 1, octets.length)), reserved);
        }
    }

    /** The DhcpScope that it is. */
    public ObjectName name() {
        return name;
    }

    /** What the user asked for. */
    public DhcpScopeSpec spec() {
        return spec;
    }

    /** The addresses that are given to clients without a reservation; those with one are among them or not. */
    public AddressPool pool() {
        return pool;
    }

    /** What clients without a reservation are told. */
    public Answer answer() {
        return answer;
    }

    /** For how long a client may use its address. */
    public LeaseDuration leaseDuration() {
        return spec.leaseDuration();
    }

    /**
     * The reservation of a client; null where it has none. One by client identifier goes before one by hardware
     * address (RFC 2131, section 4.2), which holds for clients with any identifier.
     */
    public @Nullable ReservedAddress reservationOf(@Nullable ClientIdentifier identifier, HardwareAddress hardware) {
        ReservedAddress reserved = identifier == null ? null : byIdentifier.get(identifier);
        MacAddress mac = hardware.mac();
        return reserved != null || mac == null ? reserved : byMacAddress.get(mac);
    }

    /** How many addresses of the pool are kept for clients with a reservation. */
    public int reservationsInPool() {
        return Math.toIntExact(
                byAddress.keySet().stream().filter(pool::contains).count());
    }

    /** Whether the address is kept for a client with a reservation. */
    public boolean isReserved(Ipv4Address address) {
        return byAddress.containsKey(address);
    }

    @Override
    public String toString() {
        return name + " (" + spec.subnet() + ")";
    }
}
