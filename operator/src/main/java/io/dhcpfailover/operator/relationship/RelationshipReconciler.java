package io.dhcpfailover.operator.relationship;

import static java.util.Objects.requireNonNull;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.report.ObjectEvent;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.summary.Change;
import io.dhcpfailover.operator.summary.RelationshipEvents;
import io.dhcpfailover.operator.summary.RelationshipSummary;
import io.dhcpfailover.operator.summary.RelationshipView;
import io.dhcpfailover.operator.summary.Remark;
import io.dhcpfailover.operator.validation.Judgement;
import io.dhcpfailover.operator.view.Caches;
import io.dhcpfailover.operator.view.Changes;
import io.dhcpfailover.operator.view.ClusterView;
import io.dhcpfailover.operator.view.ClusterViews;
import io.dhcpfailover.operator.view.Kind;
import io.dhcpfailover.operator.view.Remarks;
import io.dhcpfailover.operator.view.ScopeReplicas;
import io.dhcpfailover.operator.view.ServerViews;
import io.dhcpfailover.operator.view.Wakes;
import io.dhcpfailover.operator.writing.EventRecorder;
import io.dhcpfailover.operator.writing.StatusWriter;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives each DhcpFailoverRelationship its shared secret, writes its status, and sees to its scopes when it is deleted. */
@Singleton
@ControllerConfiguration(name = "dhcpfailoverrelationship", finalizerName = RelationshipReconciler.FINALIZER)
public final class RelationshipReconciler
        implements Reconciler<DhcpFailoverRelationship>, Cleaner<DhcpFailoverRelationship> {

    /** Keeps a relationship until its scopes are where its onDelete says. */
    static final String FINALIZER = "dhcpfailover.io/scopes";

    private final ClusterViews views;
    private final Caches caches;
    private final ServerViews servers;
    private final ScopeReplicas replicas;
    private final Remarks remarks;
    private final SharedSecrets secrets;
    private final Departure departure;
    private final StatusWriter statuses;
    private final EventRecorder events;
    private final Wakes wakes;
    private final InstantSource clock;
    private final Map<ObjectKey, Set<String>> scopes = new ConcurrentHashMap<>();

    /** Of these parts. */
    RelationshipReconciler(
            ClusterViews views,
            Caches caches,
            ServerViews servers,
            ScopeReplicas replicas,
            Remarks remarks,
            SharedSecrets secrets,
            Departure departure,
            StatusWriter statuses,
            EventRecorder events,
            Wakes wakes,
            InstantSource clock) {
        this.views = views;
        this.caches = caches;
        this.servers = servers;
        this.replicas = replicas;
        this.remarks = remarks;
        this.secrets = secrets;
        this.departure = departure;
        this.statuses = statuses;
        this.events = events;
        this.wakes = wakes;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, DhcpFailoverRelationship>> prepareEventSources(
            EventSourceContext<DhcpFailoverRelationship> context) {
        caches.put(DhcpFailoverRelationship.class, context.getPrimaryCache());
        return List.of(new Changes<>(Kind.DhcpFailoverRelationship, wakes, views::changed, this::gone));
    }

    private void gone(ObjectKey relationship) {
        statuses.forget(relationship);
        scopes.remove(relationship);
        remarks.forgetRelationship(relationship);
    }

    @Override
    public UpdateControl<DhcpFailoverRelationship> reconcile(
            DhcpFailoverRelationship relationship, Context<DhcpFailoverRelationship> context) {
        ClusterView view = views.current();
        ObjectKey key = ObjectKey.of(relationship);
        DhcpFailoverRelationshipSpec spec = relationship.getSpec();
        Judgement<DhcpFailoverRelationshipSpec> judgement =
                view == null ? null : view.judgements().relationships().get(key);
        if (view == null || judgement == null || spec == null) {
            // It is woken when it is seen among the others.
            return UpdateControl.noUpdate();
        }
        secrets.ensure(relationship);
        NamespaceObjects objects = view.namespaceOrEmpty(key.namespace());
        if (relationship.getStatus() != null
                && servers.areAwaited(objects, List.of(spec.primaryServer(), spec.secondaryServer()))) {
            return StatusWriter.later();
        }
        Set<String> own = scopes(objects, key.name());
        DhcpFailoverRelationshipStatus status = RelationshipSummary.of(
                new RelationshipView(
                        new ObjectName(key.name()),
                        relationship.getMetadata().getGeneration(),
                        spec,
                        judgement,
                        own.size(),
                        outOfSync(view, objects, own),
                        servers.of(objects, spec.primaryServer()),
                        servers.of(objects, spec.secondaryServer()),
                        remark(key, spec),
                        relationship.getStatus()),
                clock.instant());
        recordScopes(relationship, own);
        List<ObjectEvent> happened = RelationshipEvents.between(relationship.getStatus(), status);
        return statuses.write(
                context,
                relationship,
                status,
                Change.between(relationship.getStatus(), status),
                happened,
                DhcpFailoverRelationship::new);
    }

    @Override
    public DeleteControl cleanup(DhcpFailoverRelationship relationship, Context<DhcpFailoverRelationship> context) {
        ClusterView view = views.current();
        return view == null
                ? DeleteControl.noFinalizerRemoval().rescheduleAfter(Departure.LOOKED_AT_AGAIN)
                : departure.of(relationship, view);
    }

    private Remark remark(ObjectKey key, DhcpFailoverRelationshipSpec spec) {
        String primary = spec.primaryServer().text();
        String secondary = spec.secondaryServer().text();
        return new Remark(
                either(remarks.proof(key, primary), remarks.proof(key, secondary)),
                either(remarks.rollout(key, primary), remarks.rollout(key, secondary)));
    }

    private static @Nullable String either(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private void recordScopes(DhcpFailoverRelationship relationship, Set<String> own) {
        Set<String> before = scopes.put(ObjectKey.of(relationship), own);
        if (before != null) {
            events.record(relationship, RelationshipEvents.scopes(before, own));
        }
    }

    private List<String> outOfSync(ClusterView view, NamespaceObjects objects, Set<String> own) {
        return own.stream()
                .filter(name -> !ScopeReplicas.areInSync(
                        name,
                        replicas.of(
                                view, objects, requireNonNull(objects.scopes().get(name)))))
                .toList();
    }

    private static Set<String> scopes(NamespaceObjects objects, String relationship) {
        Set<String> names = new TreeSet<>();
        for (DhcpScope scope : objects.scopes().values()) {
            ObjectName of = requireNonNull(scope.getSpec()).failoverRelationship();
            if (of != null && of.text().equals(relationship)) {
                names.add(scope.getMetadata().getName());
            }
        }
        return names;
    }
}
