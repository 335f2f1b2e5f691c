package io.dhcpfailover.operator.scope;

import static java.util.Objects.requireNonNull;

import io.dhcpfailover.api.v1alpha1.Condition.Status;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Replication;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.summary.Change;
import io.dhcpfailover.operator.summary.ReplicaView;
import io.dhcpfailover.operator.summary.ScopeEvents;
import io.dhcpfailover.operator.summary.ScopeSummary;
import io.dhcpfailover.operator.summary.ScopeView;
import io.dhcpfailover.operator.validation.Judgement;
import io.dhcpfailover.operator.view.Caches;
import io.dhcpfailover.operator.view.Changes;
import io.dhcpfailover.operator.view.ClusterView;
import io.dhcpfailover.operator.view.ClusterViews;
import io.dhcpfailover.operator.view.Kind;
import io.dhcpfailover.operator.view.ScopeReplicas;
import io.dhcpfailover.operator.view.ServerViews;
import io.dhcpfailover.operator.view.Wakes;
import io.dhcpfailover.operator.writing.StatusWriter;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Writes the status of each DhcpScope. What servers hold of it is told to them with all else that they hold. */
@Singleton
@ControllerConfiguration(name = "dhcpscope")
public final class ScopeReconciler implements Reconciler<DhcpScope> {

    private final ClusterViews views;
    private final Caches caches;
    private final ScopeReplicas replicas;
    private final ServerViews servers;
    private final CopyNotes copies;
    private final StatusWriter statuses;
    private final SyncGauges gauges;
    private final Wakes wakes;
    private final InstantSource clock;

    /** Of these parts. */
    ScopeReconciler(
            ClusterViews views,
            Caches caches,
            ScopeReplicas replicas,
            ServerViews servers,
            CopyNotes copies,
            StatusWriter statuses,
            SyncGauges gauges,
            Wakes wakes,
            InstantSource clock) {
        this.views = views;
        this.caches = caches;
        this.replicas = replicas;
        this.servers = servers;
        this.copies = copies;
        this.statuses = statuses;
        this.gauges = gauges;
        this.wakes = wakes;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, DhcpScope>> prepareEventSources(EventSourceContext<DhcpScope> context) {
        caches.put(DhcpScope.class, context.getPrimaryCache());
        return List.of(new Changes<>(Kind.DhcpScope, wakes, views::changed, this::gone));
    }

    private void gone(ObjectKey scope) {
        statuses.forget(scope);
        gauges.forget(scope);
    }

    @Override
    public UpdateControl<DhcpScope> reconcile(DhcpScope scope, Context<DhcpScope> context) {
        ClusterView view = views.current();
        ObjectKey key = ObjectKey.of(scope);
        NamespaceObjects objects = view == null ? null : view.namespace(key.namespace());
        Judgement<DhcpScopeSpec> judgement =
                view == null ? null : view.judgements().scopes().get(key);
        DhcpScopeSpec spec = scope.getSpec();
        if (view == null || judgement == null || spec == null || scope.isMarkedForDeletion()) {
            // It is woken when it is seen among the others.
            return UpdateControl.noUpdate();
        }
        if (objects != null) {
            copies.note(scope, objects);
        }
        List<ReplicaView> own = objects == null ? List.of() : replicas.of(view, objects, scope);
        if (objects != null
                && scope.getStatus() != null
                && servers.areAwaited(
                        objects, own.stream().map(each -> each.server().name()).toList())) {
            return StatusWriter.later();
        }
        DhcpScopeStatus status = ScopeSummary.of(
                new ScopeView(
                        new ObjectName(key.name()),
                        scope.getMetadata().getGeneration(),
                        spec,
                        judgement,
                        objects != null && isManual(objects, spec),
                        own,
                        scope.getStatus()),
                clock.instant());
        gauges.set(key, Conditions.is(status.conditions(), ConditionType.InSync, Status.True));
        return statuses.write(
                context,
                scope,
                status,
                Change.between(scope.getStatus(), status),
                ScopeEvents.between(scope.getStatus(), status),
                DhcpScope::new);
    }

    private static boolean isManual(NamespaceObjects objects, DhcpScopeSpec spec) {
        ObjectName name = spec.failoverRelationship();
        DhcpFailoverRelationship relationship =
                name == null ? null : objects.relationships().get(name.text());
        return relationship != null && requireNonNull(relationship.getSpec()).replication() == Replication.Manual;
    }
}
