package io.dhcpfailover.node.simulation;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.ConflictDetection;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.Range;
import io.dhcpfailover.api.v1alpha1.PartnerCopy;
import io.dhcpfailover.api.v1alpha1.Reservation;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.api.value.LeaseDuration;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.engine.Configuration;
import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What both servers of a pair are told to be, at the one sooner than at the other.
 *
 * @param mode how clients are shared
 * @param percent the primary's share of the clients in LoadBalance
 * @param active the active server in HotStandby
 * @param reservePercent the standby's share of the addresses in HotStandby
 * @param mclt in seconds
 * @param safePeriod in seconds; 0 for none
 * @param maxWait in seconds
 * @param contactMillis the contact interval
 * @param addresses how many there are for clients
 * @param leaseSeconds how long a lease is
 * @param probes whether addresses are probed
 * @param place which relationship it is
 * @param reservedInside how many addresses of the range are reserved
 * @param reservedOutside how many others are reserved
 */
record PairSettings(
        Mode mode,
        int percent,
        ServerRole active,
        int reservePercent,
        long mclt,
        long safePeriod,
        long maxWait,
        long contactMillis,
        int addresses,
        long leaseSeconds,
        boolean probes,
        Place place,
        int reservedInside,
        int reservedOutside) {

    /**
     * Which relationship it is.
     *
     * @param number of the network that its clients are on, 1 or 2
     * @param name of the relationship
     * @param subnet of its clients
     */
    record Place(int number, String name, Ipv4Prefix subnet) {}

    /** The one that there is in most lives. */
    static final Place FIRST = new Place(1, "dhcp1-dhcp2", Ipv4Prefix.parse("192.0.2.0/24"));

    /** Another one of the same servers. */
    static final Place SECOND = new Place(2, "dhcp2-dhcp3", Ipv4Prefix.parse("198.51.100.0/24"));

    private static final int FIRST_OF_RANGE = 10;
    private static final int FIRST_OUTSIDE = 200;

    /** Any that users could have made. */
    static PairSettings any(World world, boolean safePeriod) {
        return any(world, safePeriod, FIRST);
    }

    /** Any that users could have made, of this relationship. */
    static PairSettings any(World world, boolean safePeriod, Place place) {
        return new PairSettings(
                world.oneOf(2) ? Mode.LoadBalance : Mode.HotStandby,
                world.oneOf(3) ? 50 : world.random().nextInt(101),
                world.oneOf(2) ? ServerRole.Primary : ServerRole.Secondary,
                world.oneOf(3) ? 0 : world.random().nextInt(5, 50),
                world.random().nextLong(10, 90),
                safePeriod ? world.random().nextLong(90, 180) : 0,
                world.random().nextLong(1, 10),
                world.oneOf(4) ? 3000 : 1000,
                world.random().nextInt(10, 25),
                60 * world.random().nextLong(1, 6),
                world.oneOf(4),
                place,
                0,
                0);
    }

    /** What a change of a running pair leaves of these: what users change, and all else as it was. */
    PairSettings changed(World world) {
        PairSettings other = any(world, safePeriod != 0, place);
        return switch (world.random().nextInt(4)) {
            case 0 ->
                new PairSettings(
                        other.mode,
                        other.percent,
                        other.active,
                        other.reservePercent,
                        mclt,
                        safePeriod,
                        maxWait,
                        contactMillis,
                        addresses,
                        leaseSeconds,
                        probes,
                        place,
                        reservedInside,
                        reservedOutside);
            case 1 ->
                new PairSettings(
                        mode,
                        percent,
                        active,
                        reservePercent,
                        other.mclt,
                        other.safePeriod,
                        other.maxWait,
                        contactMillis,
                        addresses,
                        leaseSeconds,
                        probes,
                        place,
                        reservedInside,
                        reservedOutside);
            case 2 ->
                new PairSettings(
                        mode,
                        other.percent,
                        active,
                        other.reservePercent,
                        mclt,
                        safePeriod,
                        maxWait,
                        other.contactMillis,
                        addresses,
                        leaseSeconds,
                        probes,
                        place,
                        reservedInside,
                        reservedOutside);
            default ->
                new PairSettings(
                        mode,
                        percent,
                        active,
                        reservePercent,
                        mclt,
                        safePeriod,
                        maxWait,
                        contactMillis,
                        addresses,
                        other.leaseSeconds,
                        other.probes,
                        place,
                        reservedInside,
                        reservedOutside);
        };
    }

    /**
     * The same with reservations: for the first clients of addresses in the range, for the next ones of others.
     *
     * @param inside how many addresses in the range are reserved
     * @param outside how many others
     */
    PairSettings reserving(int inside, int outside) {
        return new PairSettings(
                mode,
                percent,
                active,
                reservePercent,
                mclt,
                safePeriod,
                maxWait,
                contactMillis,
                addresses,
                leaseSeconds,
                probes,
                place,
                inside,
                outside);
    }

    private Ipv4Address address(int number) {
        return new Ipv4Address(place.subnet.network().bits() + number);
    }

    /** The name of the relationship. */
    String name() {
        return place.name;
    }

    /** Whether it is the only relationship of its servers, or the first one. */
    boolean isFirst() {
        return place == FIRST;
    }

    /** The interface that its clients are on. */
    int link() {
        return place.number;
    }

    /** The address of the server of this role. */
    Ipv4Address address(ServerRole role) {
        return address(role == ServerRole.Primary ? 1 : 2);
    }

    /** The first address of the range. */
    Ipv4Address firstAddress() {
        return address(FIRST_OF_RANGE);
    }

    /** Whether the address is of its clients' network. */
    boolean contains(Ipv4Address address) {
        return place.subnet.contains(address);
    }

    /** Whether clients may have the address. */
    boolean has(Ipv4Address address) {
        int number = address.bits() - place.subnet.network().bits();
        boolean inside = number >= FIRST_OF_RANGE && number < FIRST_OF_RANGE + addresses;
        return contains(address)
                && (inside
                        || reservations().stream()
                                .anyMatch(each -> each.address().equals(address)));
    }

    /** Whether the address is reserved for this client. */
    boolean isReserved(Ipv4Address address, HardwareAddress client) {
        return address.equals(reserved(client));
    }

    /** Whether a client that has the address has it for good: nothing else is reserved for it. */
    boolean mayKeep(Ipv4Address address, HardwareAddress client) {
        Ipv4Address reserved = reserved(client);
        return has(address) && (reserved == null || reserved.equals(address));
    }

    private @Nullable Ipv4Address reserved(HardwareAddress client) {
        for (Reservation reservation : reservations()) {
            if (HardwareAddress.of(Objects.requireNonNull(reservation.macAddress()))
                    .equals(client)) {
                return reservation.address();
            }
        }
        return null;
    }

    private List<Reservation> reservations() {
        List<Reservation> reservations = new ArrayList<>();
        for (int i = 0; i < reservedInside + reservedOutside; i++) {
            int number = i < reservedInside ? FIRST_OF_RANGE + 2 * i : FIRST_OUTSIDE + i;
            reservations.add(
                    new Reservation(address(number), SimulatedClient.hardware(place.number, i), null, null, null));
        }
        return reservations;
    }

    /** The relationship as the server of this role obeys it. */
    Relationship relationship(ServerRole self) {
        int share = active == ServerRole.Primary ? 100 : 0;
        return new Relationship(
                place.name,
                self,
                PartnerKind.NATIVE,
                mode,
                mode == Mode.LoadBalance ? percent : share,
                reservePercent,
                mclt,
                safePeriod,
                true,
                maxWait,
                contactMillis);
    }

    /** All that the server of this role is told, with this for its relationship. */
    Configuration configuration(Relationship relationship) {
        DhcpScopeSpec spec = new DhcpScopeSpec(
                place.subnet,
                List.of(new Range(address(FIRST_OF_RANGE), address(FIRST_OF_RANGE + addresses - 1))),
                List.of(),
                new LeaseDuration(leaseSeconds),
                null,
                reservations(),
                DhcpScopeSpec.State.Active,
                DhcpScopeSpec.Clients.DHCP,
                new ConflictDetection(probes ? 1 : 0, Duration.ofMillis(500)),
                null,
                null,
                new ObjectName(place.name),
                new DhcpScopeSpec.OnLeave(ServerRole.Primary, PartnerCopy.Delete));
        return new Configuration(
                null,
                true,
                Set.of(),
                new ScopeTable(List.of(ServedScope.of(new ObjectName("office" + place.number), spec))),
                Map.of(place.name, relationship));
    }
}
