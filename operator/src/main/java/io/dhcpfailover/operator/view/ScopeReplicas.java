package io.dhcpfailover.operator.view;

import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.desired.Item;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.node.ServerLink;
import io.dhcpfailover.operator.node.ServerLinks;
import io.dhcpfailover.operator.node.Wish;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.summary.ReplicaView;
import io.dhcpfailover.operator.summary.ServerView;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each server is to serve of a scope, beside what it does. */
@Singleton
public final class ScopeReplicas {

    private final ServerLinks links;
    private final ServerViews servers;

    /** By these links. */
    public ScopeReplicas(ServerLinks links, ServerViews servers) {
        this.links = links;
        this.servers = servers;
    }

    /** Of each server of this cluster that is to serve a scope, the primary first. */
    public List<ReplicaView> of(ClusterView view, NamespaceObjects objects, DhcpScope scope) {
        List<ReplicaView> replicas = new ArrayList<>();
        String key = Item.key(Kind.DhcpScope.name(), scope.getMetadata().getName());
        for (ObjectName name : objects.serversOf(scope)) {
            ObjectKey server = new ObjectKey(Kind.DhcpServer.name(), objects.namespace(), name.text());
            Wish wish = view.wishes().get(server);
            Item item = wish == null ? null : wish.configuration().items().get(key);
            if (item != null) {
                ServerLink link = links.find(server);
                replicas.add(new ReplicaView(
                        servers.of(objects, name),
                        item.hash(),
                        scope.getMetadata().getGeneration(),
                        link == null ? null : link.replication().refused().get(key),
                        view.awaited(server, key)));
            }
        }
        return replicas;
    }

    /** Whether each of them serves it as asked. */
    public static boolean areInSync(String scope, List<ReplicaView> replicas) {
        return replicas.stream().allMatch(replica -> {
            ScopeReport report = report(replica.server(), scope);
            return report != null && report.hash().equals(replica.hash());
        });
    }

    private static @Nullable ScopeReport report(ServerView server, String scope) {
        return server.current() == null
                ? null
                : server.current().scopes().stream()
                        .filter(report -> report.name().equals(scope))
                        .findAny()
                        .orElse(null);
    }
}
