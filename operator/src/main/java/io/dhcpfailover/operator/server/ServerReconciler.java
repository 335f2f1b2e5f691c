package io.dhcpfailover.operator.server;

import static java.util.Objects.requireNonNull;

import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerStatus;
import io.dhcpfailover.api.v1alpha1.DhcpServerStatus.Membership;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.desired.Names;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.node.NodeEndpoints;
import io.dhcpfailover.operator.node.ServerLink;
import io.dhcpfailover.operator.node.ServerLinks;
import io.dhcpfailover.operator.node.Wish;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.summary.Change;
import io.dhcpfailover.operator.summary.DhcpServerView;
import io.dhcpfailover.operator.summary.ServerEvents;
import io.dhcpfailover.operator.summary.ServerSummary;
import io.dhcpfailover.operator.summary.ServerView;
import io.dhcpfailover.operator.summary.Trouble;
import io.dhcpfailover.operator.validation.Judgement;
import io.dhcpfailover.operator.view.Addresses;
import io.dhcpfailover.operator.view.Caches;
import io.dhcpfailover.operator.view.Changes;
import io.dhcpfailover.operator.view.ClusterView;
import io.dhcpfailover.operator.view.ClusterViews;
import io.dhcpfailover.operator.view.Kind;
import io.dhcpfailover.operator.view.ServerViews;
import io.dhcpfailover.operator.view.Wakes;
import io.dhcpfailover.operator.writing.StatusWriter;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has each DhcpServer run, tells it what it is to hold, and writes its status. */
@Singleton
@ControllerConfiguration(name = "dhcpserver")
public final class ServerReconciler implements Reconciler<DhcpServer> {

    private final ClusterViews views;
    private final Caches caches;
    private final Addresses addresses;
    private final NodeEndpoints endpoints;
    private final ServerLinks links;
    private final ServerViews servers;
    private final Service service;
    private final ServerWatches watches;
    private final StatusWriter statuses;
    private final Wakes wakes;
    private final InstantSource clock;

    /** Of these parts. */
    ServerReconciler(
            ClusterViews views,
            Caches caches,
            Addresses addresses,
            NodeEndpoints endpoints,
            ServerLinks links,
            ServerViews servers,
            Service service,
            ServerWatches watches,
            StatusWriter statuses,
            Wakes wakes,
            InstantSource clock) {
        this.views = views;
        this.caches = caches;
        this.addresses = addresses;
        this.endpoints = endpoints;
        this.links = links;
        this.servers = servers;
        this.service = service;
        this.watches = watches;
        this.statuses = statuses;
        this.wakes = wakes;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, DhcpServer>> prepareEventSources(EventSourceContext<DhcpServer> context) {
        caches.put(DhcpServer.class, context.getPrimaryCache());
        List<EventSource<?, DhcpServer>> sources = new ArrayList<>(watches.all(context));
        sources.add(new Changes<>(Kind.DhcpServer, wakes, views::changed, this::gone));
        return sources;
    }

    private void gone(ObjectKey server) {
        links.close(server);
        service.forget(server);
        statuses.forget(server);
    }

    @Override
    public UpdateControl<DhcpServer> reconcile(DhcpServer server, Context<DhcpServer> context) {
        ClusterView view = views.current();
        ObjectKey key = ObjectKey.of(server);
        NamespaceObjects objects = view == null ? null : view.namespace(key.namespace());
        Judgement<DhcpServerSpec> judgement =
                view == null ? null : view.judgements().servers().get(key);
        if (view == null
                || objects == null
                || judgement == null
                || server.getSpec() == null
                || server.isMarkedForDeletion()) {
            // It is woken when it is seen among the others.
            return UpdateControl.noUpdate();
        }
        List<DhcpFailoverRelationship> relationships = relationships(objects, key.name());
        Duration again = null;
        if (server.getSpec().external() == null && judgement.served() != null) {
            again = run(context, server, objects, view, !relationships.isEmpty());
        }
        if (server.getStatus() != null && servers.areAwaited(objects, List.of(new ObjectName(key.name())))) {
            return StatusWriter.later();
        }
        DhcpServerStatus status =
                ServerSummary.of(summarized(server, objects, judgement, relationships), clock.instant());
        UpdateControl<DhcpServer> written = statuses.write(
                context,
                server,
                status,
                Change.between(server.getStatus(), status),
                ServerEvents.between(server.getStatus(), status),
                DhcpServer::new);
        return again == null || again.toMillis() >= written.getScheduleDelay().orElse(Long.MAX_VALUE)
                ? written
                : written.rescheduleAfter(again);
    }

    /** How soon to look again; null where nothing is awaited. */
    private @Nullable Duration run(
            Context<DhcpServer> context,
            DhcpServer server,
            NamespaceObjects objects,
            ClusterView view,
            boolean paired) {
        ObjectKey key = ObjectKey.of(server);
        ServerLink link = links.open(key);
        Ipv4Address address = addresses.ofNode(server);
        link.aim(address == null ? null : endpoints.of(key, address));
        Wish wish = view.wishes().get(key);
        if (wish != null) {
            link.wish(wish);
        }
        return service.attend(context, server, objects, view, paired);
    }

    private DhcpServerView summarized(
            DhcpServer server,
            NamespaceObjects objects,
            Judgement<DhcpServerSpec> judgement,
            List<DhcpFailoverRelationship> relationships) {
        ObjectName name = new ObjectName(server.getMetadata().getName());
        ServerView own = servers.of(objects, name);
        List<Membership> memberships =
                relationships.stream().map(each -> membership(each, name, own)).toList();
        return new DhcpServerView(
                server.getMetadata().getGeneration(),
                requireNonNull(server.getSpec()),
                judgement,
                own,
                trouble(server),
                own.external() ? partners(objects, relationships, name) : null,
                memberships,
                scopes(objects, name, relationships),
                server.getStatus());
    }

    private @Nullable Trouble trouble(DhcpServer server) {
        ObjectName node = requireNonNull(server.getSpec()).nodeName();
        if (node == null) {
            return null;
        }
        return PodTrouble.of(
                node.text(),
                caches.find(Node.class, null, node.text()),
                caches.find(
                        Pod.class,
                        server.getMetadata().getNamespace(),
                        Names.pod(server.getMetadata().getName())));
    }

    private static List<DhcpFailoverRelationship> relationships(NamespaceObjects objects, String server) {
        return objects.relationships().values().stream()
                .filter(each -> {
                    DhcpFailoverRelationshipSpec spec = requireNonNull(each.getSpec());
                    return spec.primaryServer().text().equals(server)
                            || spec.secondaryServer().text().equals(server);
                })
                .toList();
    }

    private static int scopes(
            NamespaceObjects objects, ObjectName server, List<DhcpFailoverRelationship> relationships) {
        List<String> names =
                relationships.stream().map(each -> each.getMetadata().getName()).toList();
        return (int) objects.scopes().values().stream()
                .map(scope -> requireNonNull(scope.getSpec()))
                .filter(spec -> server.equals(spec.server())
                        || (spec.failoverRelationship() != null
                                && names.contains(spec.failoverRelationship().text())))
                .count();
    }

    private static Membership membership(DhcpFailoverRelationship relationship, ObjectName server, ServerView known) {
        ObjectName name = new ObjectName(relationship.getMetadata().getName());
        boolean primary = requireNonNull(relationship.getSpec()).primaryServer().equals(server);
        RelationshipReport report = report(known, name);
        FailoverState state = report == null ? null : report.state();
        return new Membership(name, primary ? ServerRole.Primary : ServerRole.Secondary, state);
    }

    private static @Nullable RelationshipReport report(ServerView server, ObjectName relationship) {
        return server.current() == null
                ? null
                : server.current().relationships().stream()
                        .filter(each -> each.name().equals(relationship.text()))
                        .findAny()
                        .orElse(null);
    }

    /** Whether any partner of an external server has a session with it; null where none can be asked. */
    private @Nullable Boolean partners(
            NamespaceObjects objects, List<DhcpFailoverRelationship> relationships, ObjectName server) {
        Boolean connected = null;
        for (DhcpFailoverRelationship relationship : relationships) {
            DhcpFailoverRelationshipSpec spec = requireNonNull(relationship.getSpec());
            ObjectName partner = spec.primaryServer().equals(server) ? spec.secondaryServer() : spec.primaryServer();
            RelationshipReport report = report(
                    servers.of(objects, partner),
                    new ObjectName(relationship.getMetadata().getName()));
            if (report != null) {
                connected = report.connected() || Boolean.TRUE.equals(connected);
            }
        }
        return connected;
    }
}
