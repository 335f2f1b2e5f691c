package io.dhcpfailover.operator.validation;

import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.ExternalServer;
import io.dhcpfailover.api.v1alpha1.Storage;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.report.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a DhcpServer says wrong, among those that are valid: each node, address and claim has one server. */
final class ServerCheck implements Check<DhcpServerSpec> {

    private record Claim(String namespace, String name) {}

    /** An external server may be known in several namespaces, each of which has its own relationships with it. */
    private record Place(String namespace, Ipv4Address address) {}

    private final Surroundings surroundings;
    private final World world;
    private final Map<ObjectName, ObjectKey> nodes = new HashMap<>();
    private final Map<Place, ObjectKey> addresses = new HashMap<>();
    private final Map<Claim, ObjectKey> claims = new HashMap<>();

    ServerCheck(Surroundings surroundings, World world) {
        this.surroundings = surroundings;
        this.world = world;
    }

    @Override
    public List<Mistake> mistakes(ObjectKey key, DhcpServerSpec spec, boolean runs) {
        List<Mistake> mistakes = new ArrayList<>();
        ObjectName node = spec.nodeName();
        if (node != null) {
            ObjectKey other = nodes.get(node);
            if (other != null) {
                mistakes.add(new Mistake(
                        MistakeReason.NodeTaken,
                        other,
                        "spec.nodeName: the node " + node + " has " + other.from(key.namespace())
                                + ", and port 67 of a node is one server's: choose another node, or delete one"
                                + " of the two"));
            } else if (!runs
                    && surroundings.nodes() != null
                    && !surroundings.nodes().contains(node.text())) {
                mistakes.add(new Mistake(
                        MistakeReason.UnknownNode,
                        null,
                        "spec.nodeName: the cluster has no node " + node
                                + ": create the DhcpServer again with one that kubectl get nodes shows, or"
                                + " join the node"));
            }
        }
        places(key, spec).forEach((place, field) -> {
            ObjectKey other = addresses.get(place);
            if (other != null) {
                mistakes.add(new Mistake(
                        MistakeReason.AddressTaken,
                        other,
                        field + ": " + other.from(key.namespace()) + " is at " + place.address
                                + " already: give each server an address of its own"));
            }
        });
        Claim claim = claim(key, spec);
        ObjectKey other = claim == null ? null : claims.get(claim);
        if (claim != null && other != null) {
            mistakes.add(new Mistake(
                    MistakeReason.StorageShared,
                    other,
                    "spec.storage.persistentVolumeClaim: " + other.from(key.namespace()) + " keeps its leases in "
                            + claim.name + ": create the DhcpServer again with a claim of its own"));
        }
        return mistakes;
    }

    @Override
    public void add(ObjectKey key, DhcpServerSpec spec) {
        world.serve(key, spec);
        if (spec.nodeName() != null) {
            nodes.put(spec.nodeName(), key);
        }
        places(key, spec).keySet().forEach(place -> addresses.put(place, key));
        Claim claim = claim(key, spec);
        if (claim != null) {
            claims.put(claim, key);
        }
    }

    private static Map<Place, String> places(ObjectKey key, DhcpServerSpec spec) {
        Map<Place, String> places = new LinkedHashMap<>();
        ExternalServer external = spec.external();
        if (external != null) {
            places.put(new Place(key.namespace(), external.address()), "spec.external.address");
        }
        if (spec.failoverAddress() != null) {
            places.put(new Place(key.namespace(), spec.failoverAddress()), "spec.failoverAddress");
        }
        if (spec.serverAddress() != null) {
            places.putIfAbsent(new Place(key.namespace(), spec.serverAddress()), "spec.serverAddress");
        }
        return places;
    }

    private static @Nullable Claim claim(ObjectKey key, DhcpServerSpec spec) {
        Storage storage = spec.storage();
        Storage.Claim claim = storage == null ? null : storage.persistentVolumeClaim();
        return claim == null
                ? null
                : new Claim(key.namespace(), claim.claimName().text());
    }
}
