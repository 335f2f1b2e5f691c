package io.dhcpfailover.node.simulation;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.ConflictDetection;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.Range;
import io.dhcpfailover.api.v1alpha1.PartnerCopy;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        boolean probes) {

    /** The name of the relationship. */
    static final String RELATIONSHIP = "dhcp1-dhcp2";

    static final Ipv4Address FIRST_ADDRESS = Ipv4Address.parse("192.0.2.10");

    private static final Ipv4Prefix SUBNET = Ipv4Prefix.parse("192.0.2.0/24");

    /** Any that users could have made. */
    static PairSettings any(World world, boolean safePeriod) {
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
                world.oneOf(4));
    }

    /** What a change of a running pair leaves of these: what users change, and all else as it was. */
    PairSettings changed(World world) {
        PairSettings other = any(world, safePeriod != 0);
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
                        probes);
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
                        probes);
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
                        probes);
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
                        other.probes);
        };
    }

    /** The relationship as the server of this role obeys it. */
    Relationship relationship(ServerRole self) {
        int share = active == ServerRole.Primary ? 100 : 0;
        return new Relationship(
                RELATIONSHIP,
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
                SUBNET,
                List.of(new Range(FIRST_ADDRESS, new Ipv4Address(FIRST_ADDRESS.bits() + addresses - 1))),
                List.of(),
                new LeaseDuration(leaseSeconds),
                null,
                List.of(),
                DhcpScopeSpec.State.Active,
                DhcpScopeSpec.Clients.DHCP,
                new ConflictDetection(probes ? 1 : 0, Duration.ofMillis(500)),
                null,
                null,
                new ObjectName(RELATIONSHIP),
                new DhcpScopeSpec.OnLeave(ServerRole.Primary, PartnerCopy.Delete));
        return new Configuration(
                null,
                true,
                Set.of(),
                new ScopeTable(List.of(ServedScope.of(new ObjectName("office"), spec))),
                Map.of(RELATIONSHIP, relationship));
    }
}
