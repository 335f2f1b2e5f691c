package io.dhcpfailover.operator.server;

import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.operator.desired.Names;
import io.dhcpfailover.operator.view.Caches;
import io.dhcpfailover.operator.view.ClusterViews;
import io.dhcpfailover.operator.workload.LastPods;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The watches of what is not of this API's kinds: the operator's own objects, and nodes. */
@Singleton
final class ServerWatches {

    private final Caches caches;
    private final ClusterViews views;
    private final LastPods pods;

    ServerWatches(Caches caches, ClusterViews views, LastPods pods) {
        this.caches = caches;
        this.views = views;
        this.pods = pods;
    }

    List<InformerEventSource<?, DhcpServer>> all(EventSourceContext<DhcpServer> context) {
        return List.of(
                owned(StatefulSet.class, context, any -> {}),
                owned(Pod.class, context, pods::saw),
                owned(PodDisruptionBudget.class, context, any -> {}),
                secrets(context),
                nodes(context));
    }

    private <T extends HasMetadata> InformerEventSource<T, DhcpServer> owned(
            Class<T> kind, EventSourceContext<DhcpServer> context, Consumer<T> seen) {
        InformerEventSource<T, DhcpServer> source = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(kind, DhcpServer.class)
                        .withLabelSelector(Names.SELECTOR)
                        .withSecondaryToPrimaryMapper(object -> {
                            seen.accept(object);
                            return server(object);
                        })
                        .build(),
                context);
        caches.put(kind, source);
        return source;
    }

    /** Those of certificates are of a server, those that are shared are of a relationship. */
    private InformerEventSource<Secret, DhcpServer> secrets(EventSourceContext<DhcpServer> context) {
        InformerEventSource<Secret, DhcpServer> source = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Secret.class, DhcpServer.class)
                        .withLabelSelector(Names.SELECTOR)
                        .withSecondaryToPrimaryMapper(secret -> {
                            Set<ResourceID> servers = server(secret);
                            if (servers.isEmpty()) {
                                views.changed();
                            }
                            return servers;
                        })
                        .build(),
                context);
        caches.put(Secret.class, source);
        return source;
    }

    private InformerEventSource<Node, DhcpServer> nodes(EventSourceContext<DhcpServer> context) {
        InformerEventSource<Node, DhcpServer> source = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Node.class, DhcpServer.class)
                        .withWatchAllNamespaces()
                        .withOnUpdateFilter((latest, before) -> !aspects(latest).equals(aspects(before)))
                        .withSecondaryToPrimaryMapper(node -> {
                            views.changed();
                            return servers(node);
                        })
                        .build(),
                context);
        caches.put(Node.class, source);
        return source;
    }

    private static Set<ResourceID> server(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        String server = labels == null ? null : labels.get(Names.SERVER);
        return server == null
                ? Set.of()
                : Set.of(new ResourceID(server, object.getMetadata().getNamespace()));
    }

    private Set<ResourceID> servers(Node node) {
        return caches.all(DhcpServer.class).stream()
                .filter(server -> isOn(server, node))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static boolean isOn(DhcpServer server, Node node) {
        return server.getSpec() != null
                && server.getSpec().nodeName() != null
                && server.getSpec().nodeName().text().equals(node.getMetadata().getName());
    }

    /** Nodes report all the time; this is what matters of it. */
    private static List<Object> aspects(Node node) {
        List<NodeAddress> addresses =
                node.getStatus() == null ? List.of() : node.getStatus().getAddresses();
        String ready = node.getStatus() == null
                ? ""
                : node.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals("Ready"))
                        .map(NodeCondition::getStatus)
                        .findAny()
                        .orElse("");
        @Nullable Boolean cordoned = node.getSpec() == null ? null : node.getSpec().getUnschedulable();
        List<String> taints = node.getSpec() == null
                ? List.of()
                : node.getSpec().getTaints().stream()
                        .map(Taint::getKey)
                        .sorted()
                        .toList();
        return List.of(addresses, ready, Objects.requireNonNullElse(cordoned, false), taints);
    }
}
