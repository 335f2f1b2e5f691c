package io.dhcpfailover.operator.scope;

import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.operator.desired.DisabledCopies;
import io.dhcpfailover.operator.desired.Names;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.report.ObjectKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.inject.Singleton;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes on a scope which servers keep a disabled copy of it. */
@Singleton
final class CopyNotes {

    private static final Logger LOG = LoggerFactory.getLogger(CopyNotes.class);

    private final KubernetesClient client;

    CopyNotes(KubernetesClient client) {
        this.client = client;
    }

    /** Notes it where the scope says otherwise; to be called before its status is written. */
    void note(DhcpScope scope, NamespaceObjects objects) {
        SortedSet<String> servers = DisabledCopies.of(scope, objects);
        if (servers.equals(DisabledCopies.noted(scope))) {
            return;
        }
        LOG.info("{}: disabled copies on {}", ObjectKey.of(scope), servers);
        String value = servers.isEmpty() ? "null" : "\"" + String.join(",", servers) + "\"";
        client.resource(scope)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(Names.OPERATOR)
                                .build(),
                        "{\"metadata\":{\"annotations\":{\"" + DisabledCopies.ANNOTATION + "\":" + value + "}}}");
    }
}
