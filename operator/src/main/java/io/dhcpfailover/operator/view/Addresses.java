package io.dhcpfailover.operator.view;

import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.operator.desired.Names;
import io.dhcpfailover.operator.desired.ServerWorkload;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where servers are reached. */
@Singleton
public final class Addresses {

    private static final String INTERNAL = "InternalIP";

    private final Caches caches;

    /** As these caches say. */
    public Addresses(Caches caches) {
        this.caches = caches;
    }

    /** The IPv4 InternalIP of a server's node; null where it has none, or there is no such node. */
    public @Nullable Ipv4Address ofNode(DhcpServer server) {
        DhcpServerSpec spec = server.getSpec();
        if (spec == null || spec.nodeName() == null) {
            return null;
        }
        Node node = caches.find(Node.class, null, spec.nodeName().text());
        if (node == null || node.getStatus() == null) {
            return null;
        }
        List<NodeAddress> addresses = node.getStatus().getAddresses();
        return addresses.stream()
                .filter(address -> address.getType().equals(INTERNAL))
                .map(address -> parse(address.getAddress()))
                .filter(address -> address != null)
                .findFirst()
                .orElse(null);
    }

    /**
     * Where its partners reach a server: as its user says, or at its node, or where it was when that was last known, so that
     * a node that is gone does not end the relationship at its partner. Null where it never was known.
     */
    public @Nullable Ipv4Address ofFailover(DhcpServer server) {
        DhcpServerSpec spec = server.getSpec();
        if (spec != null && spec.failoverAddress() != null) {
            return spec.failoverAddress();
        }
        Ipv4Address now = ofNode(server);
        return now == null ? lastKnown(server) : now;
    }

    private @Nullable Ipv4Address lastKnown(DhcpServer server) {
        StatefulSet workload = caches.find(
                StatefulSet.class,
                server.getMetadata().getNamespace(),
                Names.workload(server.getMetadata().getName()));
        Map<String, String> annotations =
                workload == null ? null : workload.getMetadata().getAnnotations();
        return annotations == null ? null : parse(annotations.get(ServerWorkload.FAILOVER_ADDRESS));
    }

    private static @Nullable Ipv4Address parse(@Nullable String text) {
        try {
            return text == null ? null : Ipv4Address.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
