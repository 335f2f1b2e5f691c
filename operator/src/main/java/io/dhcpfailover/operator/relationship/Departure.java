package io.dhcpfailover.operator.relationship;

import static java.util.Objects.requireNonNull;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.PartnerCopy;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.desired.DisabledCopies;
import io.dhcpfailover.operator.desired.Names;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.view.ClusterView;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to the scopes of a relationship that is deleted: each goes to the server that onDelete says, before the
 * relationship is gone.
 */
@Singleton
final class Departure {

    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

    static final Duration LOOKED_AT_AGAIN = Duration.ofSeconds(1);

    private final KubernetesClient client;

    Departure(KubernetesClient client) {
        this.client = client;
    }

    /** One more step; at the end of them the relationship may go. */
    DeleteControl of(DhcpFailoverRelationship relationship, ClusterView view) {
        ObjectKey key = ObjectKey.of(relationship);
        DhcpFailoverRelationshipSpec spec = requireNonNull(relationship.getSpec());
        boolean onPrimary = spec.onDelete().keepScopesOn() == ServerRole.Primary;
        ObjectName keeper = onPrimary ? spec.primaryServer() : spec.secondaryServer();
        ObjectName other = onPrimary ? spec.secondaryServer() : spec.primaryServer();
        boolean disabled = spec.onDelete().partnerCopy() == PartnerCopy.Disable;
        ObjectName name = new ObjectName(key.name());
        List<DhcpScope> scopes = view.namespaceOrEmpty(key.namespace()).scopes().values().stream()
                .filter(scope -> name.equals(requireNonNull(scope.getSpec()).failoverRelationship()))
                .toList();
        scopes.forEach(scope -> move(scope, keeper, disabled ? other : null));
        return scopes.isEmpty()
                ? DeleteControl.defaultDelete()
                : DeleteControl.noFinalizerRemoval().rescheduleAfter(LOOKED_AT_AGAIN);
    }

    private void move(DhcpScope scope, ObjectName keeper, @Nullable ObjectName disabledOn) {
        LOG.info("{} goes to DhcpServer {}, as its relationship is deleted", ObjectKey.of(scope), keeper);
        SortedSet<String> copies = DisabledCopies.noted(scope);
        if (disabledOn != null) {
            copies.add(disabledOn.text());
        }
        String annotation = disabledOn == null
                ? ""
                : "\"metadata\":{\"annotations\":{\"" + DisabledCopies.ANNOTATION + "\":\"" + String.join(",", copies)
                        + "\"}},";
        client.resource(scope)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(Names.OPERATOR)
                                .build(),
                        "{" + annotation + "\"spec\":{\"failoverRelationship\":null,\"server\":\"" + keeper + "\"}}");
    }
}
