package io.dhcpfailover.operator.execution;

import static java.util.Objects.requireNonNull;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverAction;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionStatus;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.action.ActionView;
import io.dhcpfailover.operator.action.Actions;
import io.dhcpfailover.operator.action.Decision;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.summary.Change;
import io.dhcpfailover.operator.summary.ServerView;
import io.dhcpfailover.operator.view.ClusterView;
import io.dhcpfailover.operator.view.ClusterViews;
import io.dhcpfailover.operator.view.ServerViews;
import io.dhcpfailover.operator.writing.StatusWriter;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Leads each DhcpFailoverAction to its end: the record is written first, and then done what it says, so that nothing is
 * done of which there is no record. Deletes it when its time is over.
 */
@Singleton
@ControllerConfiguration(name = "dhcpfailoveraction")
public final class ActionReconciler implements Reconciler<DhcpFailoverAction> {

    /** What a server does shows in its status. */
    private static final Duration LOOKED_AT_AGAIN = Duration.ofSeconds(1);

    private static final Duration EXPIRY_MAX = Duration.ofHours(1);

    private final ClusterViews views;
    private final ServerViews servers;
    private final Commands commands;
    private final StatusWriter statuses;
    private final InstantSource clock;
    private final Map<ObjectKey, String> refusals = new ConcurrentHashMap<>();

    /** By the UIDs of actions: this operator did what they ask, as far as they have come. */
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    /** Of these parts. */
    ActionReconciler(
            ClusterViews views, ServerViews servers, Commands commands, StatusWriter statuses, InstantSource clock) {
        this.views = views;
        this.servers = servers;
        this.commands = commands;
        this.statuses = statuses;
        this.clock = clock;
    }

    @Override
    public UpdateControl<DhcpFailoverAction> reconcile(DhcpFailoverAction action, Context<DhcpFailoverAction> context) {
        ClusterView view = views.current();
        ObjectKey key = ObjectKey.of(action);
        if (view == null || action.getSpec() == null || action.isMarkedForDeletion()) {
            return UpdateControl.<DhcpFailoverAction>noUpdate().rescheduleAfter(LOOKED_AT_AGAIN);
        }
        Instant now = clock.instant();
        Instant expiry = Actions.expiry(action.getSpec(), action.getStatus());
        if (expiry != null) {
            return keepUntil(action, expiry, now, context);
        }
        NamespaceObjects objects = view.namespaceOrEmpty(key.namespace());
        if (servers.areAwaited(objects, named(objects, action.getSpec()))) {
            // Whoever does not answer yet is not away.
            return UpdateControl.<DhcpFailoverAction>noUpdate().rescheduleAfter(LOOKED_AT_AGAIN);
        }
        Decision decision = Actions.next(view(action, view, objects, refusals.remove(key)), now);
        DhcpFailoverActionStatus status = Actions.status(
                decision, action.getStatus(), action.getMetadata().getGeneration(), now);
        Change change = status.equals(action.getStatus()) ? Change.NONE : Change.SUBSTANCE;
        UpdateControl<DhcpFailoverAction> written =
                statuses.write(context, action, status, change, List.of(), DhcpFailoverAction::new);
        String refusal = commands.run(key.namespace(), decision.commands());
        if (!decision.commands().isEmpty()) {
            done.add(action.getMetadata().getUid());
        }
        if (refusal != null) {
            refusals.put(key, refusal);
        }
        return written.rescheduleAfter(LOOKED_AT_AGAIN);
    }

    private UpdateControl<DhcpFailoverAction> keepUntil(
            DhcpFailoverAction action, Instant expiry, Instant now, Context<DhcpFailoverAction> context) {
        Duration left = Duration.between(now, expiry);
        if (left.isPositive()) {
            return UpdateControl.<DhcpFailoverAction>noUpdate()
                    .rescheduleAfter(left.compareTo(EXPIRY_MAX) < 0 ? left : EXPIRY_MAX);
        }
        context.getClient().resource(action).delete();
        statuses.forget(ObjectKey.of(action));
        done.remove(action.getMetadata().getUid());
        return UpdateControl.noUpdate();
    }

    /** The servers that an action is about: those of its relationship, or of all of its server's. */
    private static List<ObjectName> named(NamespaceObjects objects, DhcpFailoverActionSpec spec) {
        List<ObjectName> named = new ArrayList<>();
        objects.relationships().forEach((name, relationship) -> {
            DhcpFailoverRelationshipSpec pair = requireNonNull(relationship.getSpec());
            List<ObjectName> both = List.of(pair.primaryServer(), pair.secondaryServer());
            if (spec.relationship() == null
                    ? both.contains(spec.server())
                    : spec.relationship().text().equals(name)) {
                named.addAll(both);
            }
        });
        return named;
    }

    private ActionView view(
            DhcpFailoverAction action, ClusterView view, NamespaceObjects objects, @Nullable String refusal) {
        Map<ObjectName, DhcpFailoverRelationshipSpec> relationships = new HashMap<>();
        objects.relationships().values().forEach(each -> {
            var judgement = view.judgements().relationships().get(ObjectKey.of(each));
            if (judgement != null && judgement.served() != null) {
                relationships.put(new ObjectName(each.getMetadata().getName()), judgement.served());
            }
        });
        Map<ObjectName, ServerView> known = new HashMap<>();
        objects.servers().keySet().forEach(name -> {
            ObjectName server = new ObjectName(name);
            known.put(server, servers.of(objects, server));
        });
        Map<ObjectName, List<ObjectName>> scopes = new HashMap<>();
        objects.scopes().forEach((name, scope) -> {
            DhcpScopeSpec spec = requireNonNull(scope.getSpec());
            if (spec.failoverRelationship() != null) {
                scopes.computeIfAbsent(spec.failoverRelationship(), any -> new ArrayList<>())
                        .add(new ObjectName(name));
            }
        });
        return new ActionView(
                requireNonNull(action.getSpec()),
                action.getStatus(),
                Instant.parse(action.getMetadata().getCreationTimestamp()),
                relationships,
                known,
                scopes,
                isResumed(action),
                refusal);
    }

    private boolean isResumed(DhcpFailoverAction action) {
        return action.getStatus() != null
                && action.getStatus().startedAt() != null
                && !done.contains(action.getMetadata().getUid());
    }
}
