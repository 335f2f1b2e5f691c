package io.dhcpfailover.operator.validation;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.DnsUpdate;
import io.dhcpfailover.api.v1alpha1.ExternalServer.Protocol;
import io.dhcpfailover.api.v1alpha1.Reservation;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.report.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a DhcpScope says wrong, given servers, relationships, and the scopes that are valid. */
final class ScopeCheck implements Check<DhcpScopeSpec> {

    private record Network(Ipv4Prefix subnet, ObjectKey scope) {}

    private static final String RELATIONSHIP = "DhcpFailoverRelationship";

    private final SecretCheck secrets;
    private final World world;

    /** Of each server, by their first addresses; no two overlap. */
    private final Map<ObjectKey, TreeMap<Long, Network>> networks = new HashMap<>();

    ScopeCheck(Surroundings surroundings, World world) {
        this.secrets = new SecretCheck(surroundings);
        this.world = world;
    }

    @Override
    public List<Mistake> mistakes(ObjectKey key, DhcpScopeSpec spec, boolean runs) {
        List<Mistake> mistakes = new ArrayList<>();
        List<ObjectKey> servers = servers(key, spec, runs, mistakes);
        for (ObjectKey server : servers) {
            Network other = overlapping(server, spec.subnet());
            if (other != null) {
                mistakes.add(overlap(key, spec, other.scope, other.subnet, server));
                break;
            }
        }
        if (runs) {
            return mistakes;
        }
        if (servers.stream().anyMatch(this::isForeign)) {
            reservations(spec, mistakes);
        }
        DnsUpdate update = spec.dnsUpdate();
        if (update != null && update.tsigSecretRef() != null) {
            Mistake mistake = secrets.has(
                    "spec.dnsUpdate.tsigSecretRef",
                    key.namespace(),
                    update.tsigSecretRef().name(),
                    List.of("keyName", "algorithm", "secret"));
            if (mistake != null) {
                mistakes.add(mistake);
            }
        }
        return mistakes;
    }

    @Override
    public void add(ObjectKey key, DhcpScopeSpec spec) {
        for (ObjectKey server : servers(key, spec, true, new ArrayList<>())) {
            networks.computeIfAbsent(server, any -> new TreeMap<>())
                    .put(spec.subnet().network().number(), new Network(spec.subnet(), key));
        }
    }

    private static Mistake overlap(
            ObjectKey key, DhcpScopeSpec spec, ObjectKey other, Ipv4Prefix taken, ObjectKey server) {
        return new Mistake(
                MistakeReason.ScopesOverlap,
                other,
                "spec.subnet: " + spec.subnet() + " overlaps " + taken + " of " + other.from(key.namespace())
                        + ", which " + server.name() + " serves: let another server serve one of them, or delete it");
    }

    private @Nullable Network overlapping(ObjectKey server, Ipv4Prefix subnet) {
        TreeMap<Long, Network> ofServer = networks.get(server);
        if (ofServer == null) {
            return null;
        }
        Map.Entry<Long, Network> before = ofServer.floorEntry(subnet.network().number());
        if (before != null && before.getValue().subnet.overlaps(subnet)) {
            return before.getValue();
        }
        Map.Entry<Long, Network> after = ofServer.ceilingEntry(subnet.network().number());
        return after != null && after.getValue().subnet.overlaps(subnet) ? after.getValue() : null;
    }

    /** The servers that are to serve it; none where that cannot be told. */
    private List<ObjectKey> servers(ObjectKey key, DhcpScopeSpec spec, boolean runs, List<Mistake> mistakes) {
        if (spec.server() != null) {
            return server(key, spec.server(), runs, mistakes);
        }
        ObjectName name = spec.failoverRelationship();
        if (name == null) {
            return List.of();
        }
        ObjectKey wanted = new ObjectKey(RELATIONSHIP, key.namespace(), name.text());
        if (!runs && !world.relationships().contains(wanted)) {
            mistakes.add(new Mistake(
                    MistakeReason.UnknownRelationship,
                    wanted,
                    References.unknown("spec.failoverRelationship", wanted, world.relationships())));
            return List.of();
        }
        DhcpFailoverRelationshipSpec relationship = world.relationship(wanted);
        if (relationship == null) {
            mistakes.add(new Mistake(
                    MistakeReason.RelationshipInvalid,
                    wanted,
                    "spec.failoverRelationship: the DhcpFailoverRelationship " + name
                            + " is not valid itself: see its condition ConfigurationValid"));
            return List.of();
        }
        return List.of(
                RelationshipCheck.server(wanted, relationship.primaryServer()),
                RelationshipCheck.server(wanted, relationship.secondaryServer()));
    }

    private List<ObjectKey> server(ObjectKey key, ObjectName name, boolean runs, List<Mistake> mistakes) {
        ObjectKey wanted = RelationshipCheck.server(key, name);
        if (!runs && !world.servers().contains(wanted)) {
            mistakes.add(new Mistake(
                    MistakeReason.UnknownServer, wanted, References.unknown("spec.server", wanted, world.servers())));
            return List.of();
        }
        DhcpServerSpec server = world.server(wanted);
        if (server == null) {
            mistakes.add(new Mistake(
                    MistakeReason.ServerInvalid,
                    wanted,
                    "spec.server: the DhcpServer " + name
                            + " is not valid itself: see its condition ConfigurationValid"));
            return List.of();
        }
        if (server.external() != null) {
            mistakes.add(new Mistake(
                    MistakeReason.ExternalServer,
                    wanted,
                    "spec.server: the DhcpServer " + name
                            + " is external, and the operator cannot tell it what to serve: name one with nodeName, or"
                            + " a failoverRelationship"));
            return List.of();
        }
        return List.of(wanted);
    }

    private boolean isForeign(ObjectKey server) {
        DhcpServerSpec spec = world.server(server);
        return spec != null && spec.external() != null && spec.external().protocol() == Protocol.Draft12;
    }

    private static void reservations(DhcpScopeSpec spec, List<Mistake> mistakes) {
        for (Reservation reservation : spec.reservations()) {
            boolean inRange = spec.ranges().stream()
                    .anyMatch(range -> range.start().compareTo(reservation.address()) <= 0
                            && reservation.address().compareTo(range.end()) <= 0);
            if (inRange) {
                mistakes.add(new Mistake(
                        MistakeReason.ReservationInRange,
                        null,
                        "spec.reservations: " + reservation.address()
                                + " lies in a range, and a partner that speaks Draft12 knows of no reservations and"
                                + " gives it to anybody: take it out of the ranges"));
                return;
            }
        }
    }
}
